import type { NotificationConstructorOptions } from 'electron';
import type { EventMessage } from '../../../contract/events.ts';
import type { Activity } from './activity.ts';
import type { ElectronModules } from '../app/electron-modules.ts';
import { createTaskbar } from './taskbar.ts';
import { createTrayHolder } from './tray.ts';
import { drawTrayIcon } from './tray-icon.ts';
import { bringForward } from '../window/browser-window.ts';
import type { NativeTexts } from '../app/texts.ts';

export type AppWindows = {
  take(message: EventMessage): void;
  activity(): Activity;
  /** Shows a notification. */
  say(title: string, body: string): void;
  bringForward(): void;
  /** Hides the windows and shows a tray icon, except on macOS, which has its dock. */
  goToBackground(): void;
  end(): void;
};

/** Manages the app's windows, tray, taskbar or dock, and notifications. */
export function createAppWindows(electron: ElectronModules, platform: NodeJS.Platform, words: NativeTexts): AppWindows {
  const { app, BrowserWindow, Menu, nativeImage, Notification, powerSaveBlocker, Tray } = electron;
  const windows = () => BrowserWindow.getAllWindows();
  const draw = (side: number, colour: readonly [number, number, number]) => {
    const { pixels, ...size } = drawTrayIcon(side, colour);
    return nativeImage.createFromBitmap(Buffer.from(pixels), size);
  };
  const trayHolder = createTrayHolder({
    words,
    createTray: () => new Tray(draw(32, [148, 163, 184])),
    buildMenu: (template) => Menu.buildFromTemplate(template),
    open: () => showWindows(),
    quit: () => app.quit(),
  });
  const showWindows = () => {
    trayHolder.hide();
    for (const window of windows()) bringForward(window);
  };
  const notify = (options: NotificationConstructorOptions, clicked: () => void) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification(options);
    notification.on('click', clicked);
    notification.show();
  };
  const taskbar = createTaskbar({
    app,
    powerSaveBlocker,
    windows,
    bringForward: showWindows,
    changed: trayHolder.update,
    words,
    drawOverlay: platform === 'win32' ? () => draw(16, [37, 99, 235]) : undefined,
    notify,
  });
  return {
    take: taskbar.take,
    activity: taskbar.activity,
    say: (title, body) => notify({ title, body }, showWindows),
    bringForward: showWindows,
    goToBackground() {
      for (const window of windows()) window.hide();
      if (platform !== 'darwin') trayHolder.show(taskbar.activity());
    },
    end() {
      trayHolder.hide();
      taskbar.end();
    },
  };
}
