import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Theme } from '../../domain/settings.ts';
import { startAddress } from './address.ts';

/** The interface's `--background` in each theme, seen before its first paint, so that nothing flashes. */
const backgrounds = { light: '#f9fafb', dark: '#121417', contrast: '#000000' } as const;

export function windowOptions(theme: Exclude<Theme, 'system'>, preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Contact Sheet',
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    show: false,
    backgroundColor: backgrounds[theme],
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
    },
  };
}

/** Loads the interface, and shows the window when there is something to see. */
export async function showInterface(window: Pick<BrowserWindow, 'once' | 'show' | 'loadURL'>): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(startAddress);
}

/** Brings a window to the front, for whoever started the app a second time. */
export function bringForward(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
