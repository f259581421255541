import { createAccountService } from '../features/accounts/account-service.ts';
import { createCatalogueService } from '../features/catalogue/catalogue-service.ts';
import { createSearchThread } from '../features/catalogue/search-thread.ts';
import { createImageServices } from './create-image-services.ts';
import { createDownloads } from '../features/downloads/download-service.ts';
import { diskFailure } from '../features/downloads/disk/disk-problem.ts';
import { createExportService } from '../features/exports/export-service.ts';
import { createSettingsService } from '../features/settings/settings-service.ts';
import { createFactStore } from '../adapters/storage/stores/fact-store.ts';
import { createImageReader } from '../adapters/storage/images/image-reader.ts';
import { createSyncService } from '../features/sync/sync-service.ts';
import { createLastLook } from '../features/updates/last-look.ts';
import { createUpdateService } from '../features/updates/update-service.ts';
import type { Base } from './core-deps.ts';
import type { Adapters } from './create-adapters.ts';

export type Services = ReturnType<typeof createServices>;

/** More are never unfinished at once. */
const mostBatches = 1000;

/** The features, each told of others what it needs by functions. */
export function createServices({ deps, database, log, keys, events }: Base, adapters: Adapters) {
  const { clock, random } = deps;
  const { accountStore, syncStore, catalogueStore, vaults, gate, lock } = adapters;
  const accounts = createAccountService({
    ...{ store: accountStore, vaultOf: vaults.of, gate, clock },
    changed: () => events.publish({ topic: 'accounts' }),
    knowKey: (key) => keys.add(key),
  });
  const sync = createSyncService({
    ...{ catalogue: catalogueStore, syncs: syncStore, gate, clock, events, log },
    account: accounts.get,
    keyOf: accounts.keyOf,
    lock: (account) => lock(`sync-${account.uid}`),
  });
  const settings = createSettingsService({
    file: adapters.settingsFile,
    usualDestination: deps.folders.downloads,
    changed: (view) => events.publish({ topic: 'settings', settings: view }),
  });
  const reader = createImageReader(database);
  const engine = createSearchThread({
    ...{ dataFolder: deps.folders.data, cacheFolder: deps.folders.cache, version: deps.version, now: clock.now },
    restarted: (error) => log('warn', 'the search thread was started again', { error: String(error) }),
  });
  const catalogue = createCatalogueService({ reader, engine });
  const accountOf = (id: number) => adapters.everyAccount().find((account) => account.id === id);
  const thumbnails = createImageServices({
    ...{ database, clock, log, cacheFolder: deps.folders.cache, openImage: gate.openImage },
    thumbnailer: adapters.thumbnailer,
    originOf: (id) => accountOf(id)?.origin,
    mayFetch: settings.fetchThumbnails,
    changed: () => events.publish({ topic: 'images' }),
    released: () => events.publish({ topic: 'pictures' }),
  });
  const downloads = createDownloads({
    ...{ database, clock, random, log, events, openImage: gate.openImage },
    ...{ imagesOf: catalogue.imagesOf, images: catalogue.images, digestOf: catalogue.digest },
    facts: createFactStore(database, clock.now),
    accountOf,
    cachedOriginal: thumbnails.cachedOriginal,
    lock: (batchUid) => lock(`batch-${batchUid}`),
  });
  const updates = createUpdateService({
    ...{ log, now: clock.now, version: deps.version, lastLook: createLastLook(adapters.settingsFile) },
    updates: deps.updates ?? { absent: 'Update this copy with npm.' },
    isBusy: () => downloads.list(true, mostBatches).some(({ state }) => state === 'running'),
    changed: (view) => events.publish({ topic: 'updates', update: view }),
  });
  const exports = createExportService({ imagesOf: catalogue.imagesOf, diskFailure });
  return { accounts, sync, catalogue, engine, thumbnails, downloads, exports, settings, updates };
}
