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
import { electronUpdates } from '../updates/electron-updates.ts';
import { createNativeTexts, type NativeTexts } from './texts.ts';

export type InterfaceDeps = {
  readonly folder: string;
  /** Locales that the user prefers, the best first. */
  readonly languages: readonly string[];
};

/** Answers every request for the interface, which lies in the folder, and its pictures. */
export type CreatePage = (core: Core, parts: InterfaceDeps) => (request: Request) => Promise<Response>;

/**
 * Starts the app, once for each data folder: whoever comes second brings the first one's window forward. Waits for
 * nothing at top level, as Electron is not ready before its main module has run.
 */
export function startApp(createPage: CreatePage): void {
  const readStart = (argv: readonly string[]) => readArguments(withoutProgram(argv, app.isPackaged));
  const start = readStart(process.argv);
  if (start.asks !== undefined) return answerAndExit(start.asks);
  // Hashing and picture work wait in libuv's pool, which is sized once, before its first use.
  process.env['UV_THREADPOOL_SIZE'] ??= String(cpus().length + 4);
  const isSelfTest = prepareSelfTest(process);
  const environment = withdrawSecrets(process.env);
  const { env, platform } = process;
  const found = findFolders(env, platform, env['INIT_CWD'] || process.cwd());
  const folders = { ...found, downloads: findDownloads(env, platform) };
  const profile = join(folders.data, 'window');
  app.setName('Contact Sheet');
  // Windows shows notifications of an app that it knows by its packages' name.
  if (platform === 'win32') app.setAppUserModelId(windowsId);
  placeProfiles(profile, join(folders.cache, 'window'));
  if (start.isSafe) app.disableHardwareAcceleration();
  registerScheme(protocol);
  const languages = app.getPreferredSystemLanguages();
  const words = createNativeTexts(languages);
  if (!mayRun(words)) return;
  const log = createLogFile(folders.logs, (text) => text, systemClock.now);
  const crashLog = keepCrashLog(process, {
    ...{ app, log, words, logFolder: folders.logs, tell: (title, content) => dialog.showErrorBox(title, content) },
  });
  const here = import.meta.dirname;
  const page = { folder: findInterface(env) ?? join(here, '..', 'interface'), languages };
  const open = () => {
    const parts: AppDeps = {
      electron: {
        ...{ app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, nativeTheme, Notification, powerMonitor },
        ...{ autoUpdater, powerSaveBlocker, protocol, screen, session, shell, Tray },
      },
      openCore: () =>
        openCore(process, folders, {
          systemProxy: createSystemProxy(session.defaultSession),
          startHelper: createStartHelper(utilityProcess, (pid) => process.kill(pid, 'SIGKILL')),
          updates: electronUpdates(app, net, process),
          ...{ environment, log },
          lost: crashLog.breakDown,
        }),
      createPage: (core) => createPage(core, page),
      ...{ crashLog, words, start, readSecondStart: readStart, host: process },
      preload: join(here, 'preload.cjs'),
      stateFile: join(profile, 'window-state.json'),
    };
    return isSelfTest ? runSelfTest(parts, (line) => process.stdout.write(`${line}\n`)) : openShell(parts);
  };
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      // An app without a window would run on unseen.
      dialog.showErrorBox(words('native.cannotStart'), words('native.logHas', { reference: crashLog.report(error) }));
      app.exit(1);
    });
}

function answerAndExit(asks: 'help' | 'version'): void {
  process.stdout.write(asks === 'help' ? helpText : `${version}\n`);
  app.exit(0);
}

/** Whether this start becomes an app; where it does not, it has been told to end. */
function mayRun(words: NativeTexts): boolean {
  if (app.isPackaged && isWithoutSandbox(process.argv)) {
    void refuseToStart(app, dialog, words);
    return false;
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  // From a checkout every link would start Electron without its app.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  return true;
}

const windowsId = 'io.github.contactsheet.ContactSheet';

function placeProfiles(profile: string, cache: string): void {
  placeProfile('userData', profile);
  placeProfile('sessionData', cache);
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
