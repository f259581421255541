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

/** There are never more unfinished batches. */
const maxBatches = 1000;

/** Creates the features; each receives what it needs of others as functions. */
export function createServices(base: Base, adapters: Adapters) {
  const { deps, database, log, events } = base;
  const { clock, random } = deps;
  const { gate, lock } = adapters;
  const accounts = createAccounts(base, adapters);
  const sync = createSync(base, adapters, accounts);
  const settings = createSettingsService({
    file: adapters.settingsFile,
    usualDestination: deps.folders.downloads,
    changed: (view) => events.publish({ topic: 'settings', settings: view }),
  });
  const reader = createImageReader(database);
  const engine = createSearchThread({
    dataFolder: deps.folders.data,
    cacheFolder: deps.folders.cache,
    version: deps.version,
    now: clock.now,
    restarted: (error) => log('warn', 'the search thread was started again', { error: String(error) }),
  });
  const catalogue = createCatalogueService({ reader, engine });
  const accountOf = (id: number) => adapters.everyAccount().find((account) => account.id === id);
  const thumbnails = createImageServices({
    database,
    clock,
    log,
    cacheFolder: deps.folders.cache,
    openImage: gate.openImage,
    thumbnailer: adapters.thumbnailer,
    originOf: (id) => accountOf(id)?.origin,
    mayFetch: settings.fetchThumbnails,
    changed: () => events.publish({ topic: 'images' }),
    released: () => events.publish({ topic: 'pictures' }),
  });
  const downloads = createDownloads({
    database,
    clock,
    random,
    log,
    events,
    openImage: gate.openImage,
    imagesOf: catalogue.imagesOf,
    images: catalogue.images,
    digestOf: catalogue.digest,
    facts: createFactStore(database, clock.now),
    accountOf,
    cachedOriginal: thumbnails.cachedOriginal,
    lock: (batchUid) => lock(`batch-${batchUid}`),
  });
  const updates = createUpdateService({
    log,
    now: clock.now,
    version: deps.version,
    lastLook: createLastLook(adapters.settingsFile),
    updates: deps.updates ?? { absent: 'Update this copy with npm.' },
    isBusy: () => downloads.list(true, maxBatches).some(({ state }) => state === 'running'),
    changed: (view) => events.publish({ topic: 'updates', update: view }),
  });
  const exports = createExportService({ imagesOf: catalogue.imagesOf, diskFailure });
  return { accounts, sync, catalogue, engine, thumbnails, downloads, exports, settings, updates };
}

function createAccounts({ deps, keys, events }: Base, { accountStore, vaults, gate }: Adapters) {
  return createAccountService({
    store: accountStore,
    vaultOf: vaults.of,
    gate,
    clock: deps.clock,
    changed: () => events.publish({ topic: 'accounts' }),
    knowKey: (key) => keys.add(key),
  });
}

function createSync({ deps, log, events }: Base, adapters: Adapters, accounts: ReturnType<typeof createAccounts>) {
  return createSyncService({
    catalogue: adapters.catalogueStore,
    syncs: adapters.syncStore,
    gate: adapters.gate,
    clock: deps.clock,
    events,
    log,
    account: accounts.get,
    keyOf: accounts.keyOf,
    lock: (account) => adapters.lock(`sync-${account.uid}`),
  });
}
