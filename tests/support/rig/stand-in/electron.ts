import { app } from './app.ts';
import { Menu, nativeImage, Notification, Tray } from './desktop.ts';
import { dialog } from './dialog.ts';
import { autoUpdater, ipcMain, nativeTheme, net, protocol, session } from './others.ts';
import { powerMonitor, powerSaveBlocker, screen, shell } from './system.ts';
import { utilityProcess } from './utility.ts';
import { BrowserWindow } from './window.ts';

// The exports of 'electron' under the rig; importing a missing name fails when the program is linked.
export {
  app,
  autoUpdater,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
};
export { powerSaveBlocker, protocol, screen, session, shell, Tray, utilityProcess };
