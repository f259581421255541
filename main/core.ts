import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createAccountCommands } from './accounts/account-commands.ts';
import { createAccountService } from './accounts/account-service.ts';
import { createCatalogueCommands } from './catalogue/catalogue-commands.ts';
import { createCatalogueService } from './catalogue/catalogue-service.ts';
import { createSearchThread } from './catalogue/search-thread.ts';
import { createPictures } from './composition/create-pictures.ts';
import { createExplain } from './composition/explain-error.ts';
import { createPictureMakers } from './composition/create-picture-makers.ts';
import type { Client } from './contract/client.ts';
import type { Handlers } from './contract/command.ts';
import { commands, type Commands } from './contract/commands.ts';
import { hostCommands, type HostCommands } from './contract/host.ts';
import { createDispatch, createNotHere, type Dispatch } from './dispatch.ts';
import { examine } from './doctor/doctor-service.ts';
import { ok, type Result } from './domain/result.ts';
import type { Theme } from './domain/settings.ts';
import { createDownloadCommands } from './downloads/download-commands.ts';
import { createDownloads } from './downloads/download-service.ts';
import { diskFailure } from './downloads/disk/disk-problem.ts';
import { createFolderCommands } from './downloads/folder-commands.ts';
import { createEvents, type Events } from './events.ts';
import { createExportCommands } from './exports/export-commands.ts';
import { createExportService } from './exports/export-service.ts';
import type { Clock, Random } from './ports/clock.ts';
import type { Folders } from './ports/folders.ts';
import type { StartHelper } from './ports/helper.ts';
import type { Log } from './ports/log.ts';
import type { Network } from './ports/network.ts';
import type { Thumbnailer } from './ports/thumbnailer.ts';
import type { Updates } from './ports/update-source.ts';
import { createGate } from './remote/gate.ts';
import { redact } from './remote/redact.ts';
import { createSampleHost } from './sample/sample-host.ts';
import { createSettingsFile } from './settings-file/settings-file.ts';
import { createSettingsCommands } from './settings/settings-commands.ts';
import { createSettingsService } from './settings/settings-service.ts';
import { createAccountStore } from './storage/account-store.ts';
import { createCallLedger } from './storage/call-ledger.ts';
import { createCatalogueStore } from './storage/catalogue-store.ts';
import { createFactStore } from './storage/fact-store.ts';
import { checkDatabase, sqliteVersion } from './storage/health.ts';
import { createImageReader } from './storage/image-reader.ts';
import { openDatabase, type OpenedDatabase } from './storage/open.ts';
import { acquireLock, exclusively, type LockHolder } from './storage/process-lock.ts';
import { createSyncStore } from './storage/sync-store.ts';
import { createSyncCommands } from './sync/sync-commands.ts';
import { createSyncService } from './sync/sync-service.ts';
import { createUpdateCommands } from './updates/update-commands.ts';
import { createUpdateService } from './updates/update-service.ts';
import { createThumbnailCommands } from './thumbnails/thumbnail-commands.ts';
import type { OpenPicture } from './thumbnails/thumbnail-service.ts';
import { createVaults } from './vault/vaults.ts';
import type { AskPassphrase } from './vault/key-opener.ts';

/** What a host knows of the machine that it runs on. */
export type CoreDeps = {
  readonly folders: Folders;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly createLog: (redact: (text: string) => string) => Log;
  readonly passphrase: AskPassphrase;
  /** Who this process is, to be named to others that need what it holds. */
  readonly holder: LockHolder;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Where the Electron runtime is, or undefined. */
  readonly electron: string | undefined;
  /** Where newer versions of the app come from, for hosts that install themselves. */
  readonly updates?: Updates;
  /** How a helper process is started, where this one is no plain Node. */
  readonly startHelper?: StartHelper;
  /** Where pictures can't be made in this process: starts the one that makes them. */
  readonly startPictureHelper?: StartHelper;
  /** What makes pictures small: sharp unless the host brings another. */
  readonly thumbnailer?: Thumbnailer;
};

export type Core = {
  readonly call: Client;
  /** Of the commands that only a window has it says that they are not to be had. */
  readonly dispatch: Dispatch;
  /** The same with those commands, for the host that has them. */
  readonly dispatchWith: (handlers: Handlers<HostCommands>) => Dispatch;
  readonly events: Events;
  /** Where an image's picture lies, fetched and made where that is needed: for hosts, which send it to their pages. */
  readonly openPicture: OpenPicture;
  readonly folders: Folders;
  /** What was mended at start, as sentences for the user. */
  readonly notices: readonly string[];
  /** For a page's first paint. */
  theme(): Promise<Theme>;
  /** Reads the search index, so that the first query finds it ready. */
  warm(): void;
  /** Logs a bug; returns the reference by which the log names it. */
  report(error: unknown): string;
  /** Stops what is under way so that it can go on later, and lets go of everything. */
  close(): Promise<void>;
};

/** Makes everything, by constructors, from the outside in; nothing is fetched yet and no key is read. */
export function createCore(deps: CoreDeps): Result<Core> {
  const database = openDatabase(deps.folders.data, deps.clock.now, deps.version);
  return database.ok ? ok(assemble(deps, database.value)) : database;
}

function assemble(deps: CoreDeps, database: OpenedDatabase): Core {
  const keys = new Set<string>();
  const log = deps.createLog((text) => redact(text, [...keys]));
  const base = { deps, database, log, keys, events: createEvents(), closing: new AbortController() };
  const adapters = createAdapters(base);
  const services = createServices(base, adapters);
  const explain = createExplain(database, deps.folders.data);
  const handlers = createHandlers(base, adapters, services);
  const dispatch = createDispatch(commands, handlers, { log, explain, otherwise: createNotHere(hostCommands) });
  return {
    // The dispatch parses what comes and its handlers are typed by the same table.
    call: dispatch as Client,
    dispatch,
    dispatchWith: (own) => createDispatch(hostCommands, own, { log, explain, otherwise: dispatch }),
    events: base.events,
    openPicture: services.thumbnails.open,
    folders: deps.folders,
    notices: database.notices,
    theme: services.settings.theme,
    warm: services.engine.warm,
    report(error) {
      const reference = randomUUID().slice(0, 8);
      log('error', 'an unexpected error', { reference, error: error instanceof Error ? error.stack : String(error) });
      return reference;
    },
    async close() {
      base.closing.abort();
      services.sync.cancelAll();
      // Whoever waits for a picture needs it no more.
      adapters.endPictureHelpers();
      await Promise.all([services.sync.idle(), services.downloads.close(), services.thumbnails.close()]);
      await services.engine.close();
      await adapters.gate.close();
      await adapters.sampleHost.close();
      base.events.flush();
      database.close();
    },
  };
}

type Base = {
  readonly deps: CoreDeps;
  readonly database: OpenedDatabase;
  readonly log: Log;
  /** Those in use, which the log leaves out. */
  readonly keys: Set<string>;
  readonly events: Events;
  readonly closing: AbortController;
};

type Adapters = ReturnType<typeof createAdapters>;

/** Stores, vaults and the gate. */
function createAdapters({ deps, database, log }: Base) {
  const { clock, random, folders, network, platform, environment, passphrase, version } = deps;
  const accountStore = createAccountStore(database);
  const everyAccount = () => [...accountStore.list(), ...accountStore.retired()];
  const makers = createPictureMakers(deps);
  const sampleHost = createSampleHost(
    () => Math.max(0, ...everyAccount().map(({ sampleCount }) => sampleCount)),
    makers.render,
  );
  return {
    accountStore,
    everyAccount,
    syncStore: createSyncStore(database),
    catalogueStore: createCatalogueStore(database),
    vaults: createVaults({
      keychain: {
        ...{ serviceName: 'Contact Sheet', timeoutMs: keychainTimeoutMs, environment, platform },
        startHelper: deps.startHelper,
      },
      file: { path: join(folders.data, 'keys.age'), passphrase, clock },
    }),
    sampleHost,
    endPictureHelpers: makers.end,
    gate: createGate({
      ...{ network, clock, random, log, version },
      ledger: createCallLedger(database),
      loopbackPort: sampleHost.port,
    }),
    settingsFile: createSettingsFile({
      folder: folders.data,
      exclusively: (work) => exclusively(join(folders.data, 'locks'), 'settings', work),
      now: clock.now,
    }),
    thumbnailer: deps.thumbnailer ?? makers.thumbnailer,
    lock: (name: string) => acquireLock(join(folders.data, 'locks'), name, deps.holder, clock.now()),
  };
}

/** A person may be typing the keychain's password meanwhile. */
const keychainTimeoutMs = 20_000;

/** More are never unfinished at once. */
const mostBatches = 1000;

type Services = ReturnType<typeof createServices>;

function createServices({ deps, database, log, keys, events }: Base, adapters: Adapters) {
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
  const thumbnails = createPictures({
    ...{ database, clock, log, cacheFolder: deps.folders.cache, openImage: gate.openImage },
    thumbnailer: adapters.thumbnailer,
    originOf: (id) => accountOf(id)?.origin,
    mayFetch: settings.fetchThumbnails,
    changed: () => events.publish({ topic: 'images' }),
    released: () => events.publish({ topic: 'pictures' }),
  });
  const downloads = createDownloads({
    ...{ database, clock, random, log, events, openImage: gate.openImage, imagesOf: catalogue.imagesOf },
    facts: createFactStore(database, clock.now),
    accountOf,
    cachedOriginal: thumbnails.cachedOriginal,
    lock: (batchUid) => lock(`batch-${batchUid}`),
  });
  const updates = createUpdateService({
    ...{ log, now: clock.now, version: deps.version },
    updates: deps.updates ?? { absent: 'The app updates itself in its own window only. Here, npm does.' },
    isBusy: () => downloads.list(true, mostBatches).some(({ state }) => state === 'running'),
    changed: (view) => events.publish({ topic: 'updates', update: view }),
  });
  const exports = createExportService({ imagesOf: catalogue.imagesOf, diskFailure });
  return { accounts, sync, catalogue, engine, thumbnails, downloads, exports, settings, updates };
}

function createHandlers({ deps, database, closing }: Base, adapters: Adapters, services: Services) {
  const { vaults, catalogueStore, syncStore } = adapters;
  const { accounts, sync } = services;
  const { folders } = deps;
  const examination = {
    ...{ dataFolder: folders.data, network: deps.network, electron: deps.electron },
    ...{ keychain: vaults.of('keychain'), keychainName: vaults.nameOf('keychain') },
    describePictures: adapters.thumbnailer.describe,
    databaseVersion: sqliteVersion(database),
    checkDatabase: () => checkDatabase(database),
  };
  return {
    ...createAccountCommands({
      ...{ accounts, vaultOf: vaults.of, vaultName: vaults.nameOf, vaultFile: vaults.file, signal: closing.signal },
      imagesOf: (id) => catalogueStore.counts(id).present,
      syncedAt: syncStore.lastWholeAt,
      erased: services.thumbnails.forgetAccount,
      async settle(id) {
        sync.cancel(id);
        await sync.idle(id);
        const uid = adapters.everyAccount().find((account) => account.id === id)?.uid;
        return uid === undefined ? ok({ release: () => undefined }) : adapters.lock(`sync-${uid}`);
      },
    }),
    ...createSyncCommands(sync, syncStore),
    ...createCatalogueCommands(services.catalogue),
    ...createThumbnailCommands(services.thumbnails),
    ...createDownloadCommands(services.downloads),
    ...createExportCommands(services.exports),
    ...createFolderCommands(),
    ...createSettingsCommands(services.settings),
    ...createUpdateCommands(services.updates),
    'doctor.run': async () => ok(await examine(examination)),
    'doctor.notices': () => ok([...database.notices]),
    'doctor.about': () => ok({ version: deps.version, data: folders.data, cache: folders.cache, logs: folders.logs }),
  } satisfies Handlers<Commands>;
}
