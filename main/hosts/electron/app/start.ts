import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, nativeTheme, net, Notification } from 'electron';
import {
  autoUpdater,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import type { Core } from '../../../core.ts';
import { withdrawSecrets } from '../../../adapters/helpers/child-environment.ts';
import { findDownloads, findFolders } from '../../shared/node/folders.ts';
import { findInterface } from '../../shared/node/interface-folder.ts';
import { createLogFile } from '../../shared/node/log-file.ts';
import { systemClock } from '../../shared/node/system-clock.ts';
import { version } from '../../shared/node/version.ts';
import { helpText, readArguments, withoutProgram } from './start-arguments.ts';
import { keepCrashLog } from '../diagnostics/crash-log.ts';
import { linkScheme } from '../shell-integration/deep-link.ts';
import { createSystemProxy } from './system-proxy.ts';
import { openCore } from './open-core.ts';
import { registerScheme } from '../security/register-scheme.ts';
import { createStartHelper } from './start-utility-process.ts';
import { isWithoutSandbox, refuseToStart } from '../security/require-sandbox.ts';
import { prepareSelfTest, runSelfTest } from '../diagnostics/self-test.ts';
import { openShell } from './open-app.ts';
import type { AppDeps } from './app-deps.ts';
import type { ElectronModules } from './electron-modules.ts';
import { electronUpdates } from '../updates/electron-updates.ts';
import { createNativeTexts, type NativeTexts } from './texts.ts';

export type InterfaceDeps = {
  readonly folder: string;
  /** Locales that the user prefers, best first. */
  readonly languages: readonly string[];
};

/** Creates the handler of requests for the interface in the folder and its images. */
export type CreatePage = (core: Core, deps: InterfaceDeps) => (request: Request) => Promise<Response>;

/**
 * Starts the app, once per data folder: a second launch brings the first one's window forward. Awaits nothing at top
 * level, as Electron is not ready before its main module has run.
 */
export function startApp(createPage: CreatePage): void {
  const readStart = (argv: readonly string[]) => readArguments(withoutProgram(argv, app.isPackaged));
  const start = readStart(process.argv);
  if (start.asks !== undefined) return answerAndExit(start.asks);
  // Hashing and image work run in libuv's thread pool, which is sized once, before its first use.
  process.env['UV_THREADPOOL_SIZE'] ??= String(cpus().length + 4);
  const isSelfTest = prepareSelfTest(process);
  const environment = withdrawSecrets(process.env);
  const { env, platform } = process;
  const found = findFolders(env, platform, env['INIT_CWD'] || process.cwd());
  const folders = { ...found, downloads: findDownloads(env, platform) };
  const profile = join(folders.data, 'window');
  app.setName('Contact Sheet');
  // Windows shows notifications only of apps that it knows by the id of their packages.
  if (platform === 'win32') app.setAppUserModelId(windowsId);
  setProfilePaths(profile, join(folders.cache, 'window'));
  if (start.isSafe) app.disableHardwareAcceleration();
  registerScheme(protocol);
  const languages = app.getPreferredSystemLanguages();
  const words = createNativeTexts(languages);
  if (!mayRun(words)) return;
  const log = createLogFile(folders.logs, (text) => text, systemClock.now);
  const crashLog = keepCrashLog(process, {
    app,
    log,
    words,
    logFolder: folders.logs,
    tell: (title, content) => dialog.showErrorBox(title, content),
  });
  const here = import.meta.dirname;
  const interfaceDeps = { folder: findInterface(env) ?? join(here, '..', 'interface'), languages };
  const open = () => {
    const deps: AppDeps = {
      electron: electronModules(),
      openCore: () =>
        openCore(process, folders, {
          systemProxy: createSystemProxy(session.defaultSession),
          startHelper: createStartHelper(utilityProcess, (pid) => process.kill(pid, 'SIGKILL')),
          updates: electronUpdates(app, net, process),
          environment,
          log,
          lost: crashLog.breakDown,
        }),
      createPage: (core) => createPage(core, interfaceDeps),
      crashLog,
      words,
      start,
      readSecondStart: readStart,
      host: process,
      preload: join(here, 'preload.cjs'),
      stateFile: join(profile, 'window-state.json'),
    };
    return isSelfTest ? runSelfTest(deps, (line) => process.stdout.write(`${line}\n`)) : openShell(deps);
  };
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      // Without a window, the app would keep running unseen.
      dialog.showErrorBox(words('native.cannotStart'), words('native.logHas', { reference: crashLog.report(error) }));
      app.exit(1);
    });
}

function electronModules(): ElectronModules {
  return {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    nativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    autoUpdater,
    powerSaveBlocker,
    protocol,
    screen,
    session,
    shell,
    Tray,
  };
}

function answerAndExit(asks: 'help' | 'version'): void {
  process.stdout.write(asks === 'help' ? helpText : `${version}\n`);
  app.exit(0);
}

/** Returns whether this launch may continue; if not, the app is already quitting. */
function mayRun(words: NativeTexts): boolean {
  if (app.isPackaged && isWithoutSandbox(process.argv)) {
    void refuseToStart(app, dialog, words);
    return false;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  // In a checkout, every link would start Electron without its app.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  return true;
}

const windowsId = 'io.github.contactsheet.ContactSheet';

function setProfilePaths(profile: string, cache: string): void {
  setProfilePath('userData', profile);
  setProfilePath('sessionData', cache);
}

/** Creates and sets a profile folder, as Electron requires it to exist. The core reports one that can't be created. */
function setProfilePath(name: 'userData' | 'sessionData', folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath(name, folder);
  } catch {
    // Electron's default folder is used.
  }
}
