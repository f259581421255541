import { renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Screen } from 'electron';
import { fitOnScreen, type Rectangle, type WindowState } from './window-state.ts';

type SavedWindow = Pick<
  BrowserWindow,
  'on' | 'getNormalBounds' | 'getBounds' | 'setBounds' | 'isMaximized' | 'isDestroyed' | 'isFullScreen'
>;
type Screens = Pick<Screen, 'on' | 'off' | 'getAllDisplays' | 'getPrimaryDisplay'>;

/** Moving a window fires many events: its state is saved once it rests. */
const saveDelayMs = 500;

/** Returns the screens without their bars, the main one first. */
export function workAreas(screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>): readonly Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/**
 * Saves the window's position, and moves it back when its screen is removed. Returns a function that saves at once. A
 * failed save is ignored.
 */
export function keepWindow(window: SavedWindow, screen: Screens, path: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() };
    try {
      writeFileSync(`${path}.part`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${path}.part`, path);
    } catch {
      // The folder is read-only or full: the window opens at its default position next time.
    }
  };
  const scheduleSave = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveDelayMs);
    timer.unref();
  };
  window.on('resize', scheduleSave);
  window.on('move', scheduleSave);
  window.on('maximize', scheduleSave);
  window.on('unmaximize', scheduleSave);
  window.on('close', save);
  const moveOntoScreen = () => {
    if (window.isDestroyed() || window.isMaximized() || window.isFullScreen()) return;
    const current = window.getBounds();
    const fitted = fitOnScreen(current, workAreas(screen));
    if (fitted !== undefined && (fitted.x !== current.x || fitted.y !== current.y)) window.setBounds(fitted);
  };
  screen.on('display-removed', moveOntoScreen);
  window.on('closed', () => {
    clearTimeout(timer);
    screen.off('display-removed', moveOntoScreen);
  });
  return save;
}
