import { createAccountCommands } from '../features/accounts/account-commands.ts';
import { createCatalogueCommands } from '../features/catalogue/catalogue-commands.ts';
import type { Handlers } from '../contract/command.ts';
import type { Commands } from '../contract/commands/commands.ts';
import { examine } from '../features/doctor/doctor-service.ts';
import { ok } from '../domain/result.ts';
import { createDownloadCommands } from '../features/downloads/download-commands.ts';
import { createFolderCommands } from '../features/downloads/folder-commands.ts';
import { createExportCommands } from '../features/exports/export-commands.ts';
import { createSettingsCommands } from '../features/settings/settings-commands.ts';
import { checkDatabase, sqliteVersion } from '../adapters/storage/database/health.ts';
import { closeToOthers } from '../adapters/storage/database/private-files.ts';
import { createSyncCommands } from '../features/sync/sync-commands.ts';
import { createThumbnailCommands } from '../features/thumbnails/thumbnail-commands.ts';
import { createUpdateCommands } from '../features/updates/update-commands.ts';
import type { Base } from './core-deps.ts';
import type { Adapters } from './create-adapters.ts';
import type { Services } from './create-services.ts';

/** Creates exactly one handler for each command. */
export function createHandlers({ deps, database, closing }: Base, adapters: Adapters, services: Services) {
  const { vaults, catalogueStore, syncStore } = adapters;
  const { accounts, sync } = services;
  const { folders } = deps;
  const doctorDeps = {
    dataFolder: folders.data,
    network: deps.network,
    electron: deps.electron,
    keychain: vaults.of('keychain'),
    keychainName: vaults.nameOf('keychain'),
    describePictures: adapters.thumbnailer.describe,
    databaseVersion: sqliteVersion(database),
    openToOthers: () => closeToOthers(folders),
    checkDatabase: () => checkDatabase(folders.data),
  };
  return {
    ...createAccountCommands({
      accounts,
      vaultOf: vaults.of,
      vaultName: vaults.nameOf,
      vaultFile: vaults.file,
      signal: closing.signal,
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
    'doctor.run': async () => ok(await examine(doctorDeps)),
    'doctor.notices': () => ok([...database.notices]),
    'doctor.about': () => ok({ version: deps.version, data: folders.data, cache: folders.cache, logs: folders.logs }),
  } satisfies Handlers<Commands>;
}
