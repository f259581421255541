import type { App, Net } from 'electron';
import type { Updates } from '../../../ports/update-source.ts';
import { findUpdates } from './find-updates.ts';

/** The updates of the app that runs; electron-updater is loaded when it is first needed. */
export function electronUpdates(
  app: Pick<App, 'isPackaged' | 'releaseSingleInstanceLock' | 'requestSingleInstanceLock'>,
  net: Pick<Net, 'fetch'>,
  { platform, env, resourcesPath }: NodeJS.Process,
): Updates {
  return findUpdates({
    platform,
    environment: env,
    resources: resourcesPath,
    isPackaged: app.isPackaged,
    instance: {
      release: () => app.releaseSingleInstanceLock(),
      take: () => void app.requestSingleInstanceLock(),
    },
    load: async () => (await import('electron-updater')).default.autoUpdater,
    async fetchText(address) {
      const response = await net.fetch(address, { cache: 'no-store' });
      if (!response.ok)
        throw Object.assign(new Error(`status ${response.status}`), { code: `HTTP_ERROR_${response.status}` });
      return response.text();
    },
  });
}
