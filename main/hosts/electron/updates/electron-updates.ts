import type { App, Net } from 'electron';
import type { Updates } from '../../../ports/update-source.ts';
import { fetchText } from './fetch-text.ts';
import { findUpdates } from './find-updates.ts';

/** Returns the update source of the running app; electron-updater is loaded on first use. */
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
    fetchText: (address) => fetchText(net, address),
  });
}
