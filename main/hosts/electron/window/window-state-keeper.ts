import { renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Screen } from 'electron';
import { fitOnScreen, type Rectangle, type WindowState } from './window-state.ts';

type Kept = Pick<
  BrowserWindow,
  'on' | 'getNormalBounds' | 'getBounds' | 'setBounds' | 'isMaximized' | 'isDestroyed' | 'isFullScreen'
>;
type Screens = Pick<Screen, 'on' | 'off' | 'getAllDisplays' | 'getPrimaryDisplay'>;

/** Moving a window makes many events: it is written down when it has come to rest. */
const restMs = 500;

/** The screens without their bars, the main one first. */
export function workAreas(screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>): readonly Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/**
 * Writes down where the window is, and brings it back when the screen that it was on goes away. Answers with what
 * writes at once. That it can't be written is no reason to fail.
 */
export function keepWindow(window: Kept, screen: Screens, path: string): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(resting);
    if (window.isDestroyed()) return;
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() };
    try {
      writeFileSync(`${path}.part`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${path}.part`, path);
    } catch {
      // The folder is read-only or full: the window opens in its usual place next time.
    }
  };
  const changed = () => {
    clearTimeout(resting);
    resting = setTimeout(write, restMs);
    resting.unref();
  };
  window.on('resize', changed);
  window.on('move', changed);
  window.on('maximize', changed);
  window.on('unmaximize', changed);
  window.on('close', write);
  const bringBack = () => {
    if (window.isDestroyed() || window.isMaximized() || window.isFullScreen()) return;
    const now = window.getBounds();
    const wanted = fitOnScreen(now, workAreas(screen));
    if (wanted !== undefined && (wanted.x !== now.x || wanted.y !== now.y)) window.setBounds(wanted);
  };
  screen.on('display-removed', bringBack);
  window.on('closed', () => {
    clearTimeout(resting);
    screen.off('display-removed', bringBack);
  });
  return write;
}
