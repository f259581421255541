import { app } from './app.ts';
import { dialog, ipcMain, nativeTheme, net, protocol, session } from './others.ts';
import { utilityProcess } from './utility.ts';
import { BrowserWindow } from './window.ts';

// What `import … from 'electron'` gives under the rig; a name that is not here fails as the program is linked.
export { app, BrowserWindow, dialog, ipcMain, nativeTheme, net, protocol, session, utilityProcess };
