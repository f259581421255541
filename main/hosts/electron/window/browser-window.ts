import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Theme } from '../../../domain/settings.ts';
import { startAddress } from './app-url.ts';
import { leastSize, usualSize, type WindowState } from './window-state.ts';

/** The interface's `--background` in each theme, shown before its first paint to avoid a flash. */
export const backgrounds = { light: '#f9fafb', dark: '#121417', contrast: '#000000' } as const;

export type WindowLook = {
  readonly theme: Exclude<Theme, 'system'>;
  readonly preload: string;
  /** Last bounds; undefined lets the system choose. */
  readonly bounds: WindowState['bounds'] | undefined;
  /** Released builds have no developer tools. */
  readonly isReleased: boolean;
};

export function windowOptions({ theme, preload, bounds, isReleased }: WindowLook): BrowserWindowConstructorOptions {
  return {
    title: 'Contact Sheet',
    ...(bounds ?? usualSize),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    backgroundColor: backgrounds[theme],
    webPreferences: {
      preload,
      devTools: !isReleased,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    },
  };
}

/** Loads the interface, and shows the window once there is something to see. */
export async function showInterface(window: Pick<BrowserWindow, 'once' | 'show' | 'loadURL'>): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(startAddress);
}

/** Brings a window to the front, as on a second launch. */
export function bringForward(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
