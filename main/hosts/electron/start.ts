import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, net, protocol, session, utilityProcess } from 'electron';
import type { Core } from '../../core.ts';
import { findDownloads, findFolders } from '../node/folders.ts';
import { findInterface } from '../node/interface-folder.ts';
import { openCore, type OwnParts } from './open-core.ts';
import { registerScheme } from './schemes.ts';
import { createStartHelper } from './start-utility.ts';
import { isWithoutSandbox, refuseToStart } from './refuse-no-sandbox.ts';
import { prepareSelfTest, runSelfTest } from './self-test.ts';
import { openShell, type ShellParts } from './shell.ts';
import { electronUpdates } from './updates/electron-updates.ts';

/** Answers every request for the interface, which lies in the folder, and its pictures. */
export type CreatePage = (core: Core, interfaceFolder: string) => (request: Request) => Promise<Response>;

/**
 * Starts the app, once for each data folder: whoever comes second brings the first one's window forward. Waits for
 * nothing at top level, as Electron is not ready before its main module has run.
 */
export function startApp(createPage: CreatePage): void {
  // Hashing and picture work wait in libuv's pool, which is sized once, before its first use.
  process.env['UV_THREADPOOL_SIZE'] ??= String(cpus().length + 4);
  const isSelfTest = prepareSelfTest(process);
  const { env, platform } = process;
  const found = findFolders(env, platform, env['INIT_CWD'] || process.cwd());
  const folders = { ...found, downloads: findDownloads(env, platform) };
  app.setName('Contact Sheet');
  placeProfile('userData', join(folders.data, 'window'));
  placeProfile('sessionData', join(folders.cache, 'window'));
  registerScheme(protocol);
  if (app.isPackaged && isWithoutSandbox(process.argv)) {
    void refuseToStart(app, dialog);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const here = import.meta.dirname;
  const own: OwnParts = {
    startHelper: createStartHelper(utilityProcess, (pid) => process.kill(pid, 'SIGKILL')),
    updates: electronUpdates(app, net, process),
  };
  const open = () => {
    const parts: ShellParts = {
      electron: {
        ...{ app, dialog, ipcMain, protocol, session: session.defaultSession },
        createWindow: (options) => new BrowserWindow(options),
        windows: () => BrowserWindow.getAllWindows(),
        systemTheme: () => (nativeTheme.shouldUseDarkColors ? 'dark' : 'light'),
      },
      openCore: () => openCore(process, folders, own),
      createPage: (core) => createPage(core, findInterface(env) ?? join(here, '..', 'interface')),
      preload: join(here, 'preload.cjs'),
    };
    return isSelfTest
      ? runSelfTest(parts, (line) =>
          process.stdout.write(`${line}
`),
        )
      : openShell(parts);
  };
  app.whenReady().then(open).catch(giveUp);
}

/** An app without a window would run on unseen. */
function giveUp(error: unknown): void {
  dialog.showErrorBox('Contact Sheet could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

/** Electron takes no folder that is not there. One that can't be made is left to the core, which explains it. */
function placeProfile(name: 'userData' | 'sessionData', folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath(name, folder);
  } catch {
    // Electron's usual place has to do.
  }
}
