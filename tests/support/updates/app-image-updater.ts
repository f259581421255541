import { writeFileSync } from 'node:fs';
import { request, type ClientRequest, type RequestOptions } from 'node:http';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as ElectronUpdater from 'electron-updater';
import type { Updater } from '../../../main/hosts/electron/updates/update-source.ts';

type Executor = { createRequest: (options: RequestOptions, callback: () => void) => ClientRequest };

const require = createRequire(import.meta.url);
const standIn = pathToFileURL(require.resolve('./electron.cjs')).href;
// The real package would start to download Electron.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'commonjs', shortCircuit: true } : next(specifier, context),
});

export type InstalledApp = { readonly version: string; readonly folder: string; readonly quit: () => void };

/** Creates the real electron-updater, with Node's network instead of Electron's. */
export function createAppImageUpdater(url: string, { version, folder, quit }: InstalledApp): Updater {
  const { AppImageUpdater } = require('electron-updater') as typeof ElectronUpdater;
  const { ElectronHttpExecutor } = require('electron-updater/out/electronHttpExecutor') as {
    readonly ElectronHttpExecutor: new () => Executor;
  };
  const config = join(folder, 'app-update.yml');
  writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: contact-sheet-updater\n`);
  const updater = new AppImageUpdater(undefined, {
    version,
    name: 'Contact Sheet',
    isPackaged: true,
    quit,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    onQuit: () => undefined,
  });
  const executor = new ElectronHttpExecutor();
  executor.createRequest = (options, callback) => request(options, callback);
  Object.assign(updater, { httpExecutor: executor });
  return updater;
}
