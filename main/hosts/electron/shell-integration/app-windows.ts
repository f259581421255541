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
  /** In a notification. */
  say(title: string, body: string): void;
  bringForward(): void;
  /** Out of sight, with a symbol in the tray; a Mac has its dock. */
  goToBackground(): void;
  end(): void;
};

/** Where the app is seen: its windows, the tray, the taskbar or dock, notifications. */
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
    open: () => comeForward(),
    quit: () => app.quit(),
  });
  const comeForward = () => {
    trayHolder.hide();
    for (const window of windows()) bringForward(window);
  };
  const notify = (options: NotificationConstructorOptions, clicked: () => void) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification(options);
    notification.on('click', clicked);
    notification.show();
  };
  const outside = createTaskbar({
    ...{ app, powerSaveBlocker, windows, bringForward: comeForward, changed: trayHolder.update, words },
    drawOverlay: platform === 'win32' ? () => draw(16, [37, 99, 235]) : undefined,
    notify,
  });
  return {
    take: outside.take,
    activity: outside.activity,
    say: (title, body) => notify({ title, body }, comeForward),
    bringForward: comeForward,
    goToBackground() {
      for (const window of windows()) window.hide();
      if (platform !== 'darwin') trayHolder.show(outside.activity());
    },
    end() {
      trayHolder.hide();
      outside.end();
    },
  };
}
