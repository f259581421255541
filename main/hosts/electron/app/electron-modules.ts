import type * as Electron from 'electron';

/** The parts of Electron that the app uses; only `start.ts` imports it. */
export type ElectronModules = Pick<
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

export type ElectronMenu = ReturnType<ElectronModules['Menu']['buildFromTemplate']>;
export type ElectronWindow = ReturnType<ElectronModules['BrowserWindow']['getAllWindows']>[number];
