import type { EventMessage } from '../../contract/events.ts';
import type { Activity } from './batch-watch.ts';
import type { ElectronParts } from './electron-parts.ts';
import { createOutside } from './outside.ts';
import { createTrayHolder } from './tray.ts';
import { drawTrayPicture } from './tray-picture.ts';
import { bringForward } from './window.ts';

export type Presence = {
  take(message: EventMessage): void;
  activity(): Activity;
  bringForward(): void;
  /** Out of sight, with a symbol in the tray; a Mac has its dock. */
  goToBackground(): void;
  end(): void;
};

/** Where the app is seen: its windows, the tray, the taskbar or dock, notifications. */
export function createPresence(electron: ElectronParts, platform: NodeJS.Platform): Presence {
  const { app, BrowserWindow, Menu, nativeImage, Notification, powerSaveBlocker, Tray } = electron;
  const windows = () => BrowserWindow.getAllWindows();
  const trayHolder = createTrayHolder({
    createTray() {
      const { pixels, ...size } = drawTrayPicture(32, [148, 163, 184]);
      return new Tray(nativeImage.createFromBitmap(Buffer.from(pixels), size));
    },
    buildMenu: (template) => Menu.buildFromTemplate(template),
    open: () => comeForward(),
    quit: () => app.quit(),
  });
  const comeForward = () => {
    trayHolder.hide();
    for (const window of windows()) bringForward(window);
  };
  const outside = createOutside({
    ...{ app, powerSaveBlocker, windows, bringForward: comeForward, changed: trayHolder.update },
    notify(options, clicked) {
      if (!Notification.isSupported()) return;
      const notification = new Notification(options);
      notification.on('click', clicked);
      notification.show();
    },
  });
  return {
    take: outside.take,
    activity: outside.activity,
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
