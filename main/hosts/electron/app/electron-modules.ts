import type * as Electron from 'electron';

/** What of Electron the shell uses, and no more; `start.ts` alone imports it. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'autoUpdater'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'nativeTheme'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'Tray'
>;

export type ElectronMenu = ReturnType<ElectronParts['Menu']['buildFromTemplate']>;
export type ElectronWindow = ReturnType<ElectronParts['BrowserWindow']['getAllWindows']>[number];
