import { join } from 'node:path';
import { createGate } from '../adapters/remote/gate.ts';
import { createSampleHost } from '../features/sample/server/sample-host.ts';
import { createSettingsFile } from '../adapters/settings-file/settings-file.ts';
import { createAccountStore } from '../adapters/storage/stores/account-store.ts';
import { createCallLedger } from '../adapters/storage/stores/call-ledger.ts';
import { createCatalogueStore } from '../adapters/storage/images/catalogue-store.ts';
import { acquireLock, exclusively } from '../adapters/storage/database/process-lock.ts';
import { createSyncStore } from '../adapters/storage/sync/sync-store.ts';
import { createVaults } from '../adapters/vault/vaults.ts';
import type { Base } from './core-deps.ts';
import { createThumbnailers } from './image-helpers/create-thumbnailers.ts';

export type Adapters = ReturnType<typeof createAdapters>;

/** Leaves a person time to type the keychain's password. */
const keychainTimeoutMs = 20_000;

/** Creates the stores, vaults and the gate. */
export function createAdapters({ deps, database, log, keys }: Base) {
  const { clock, random, folders, network, platform, environment, passphrase, version } = deps;
  const accountStore = createAccountStore(database);
  const everyAccount = () => [...accountStore.list(), ...accountStore.retired()];
  const thumbnailers = createThumbnailers(deps);
  const sampleHost = createSampleHost(
    () => Math.max(0, ...everyAccount().map(({ sampleCount }) => sampleCount)),
    thumbnailers.render,
  );
  return {
    accountStore,
    everyAccount,
    syncStore: createSyncStore(database),
    catalogueStore: createCatalogueStore(database),
    vaults: createVaults({
      keychain: {
        serviceName: 'Contact Sheet',
        timeoutMs: keychainTimeoutMs,
        environment,
        platform,
        startHelper: deps.startHelper,
      },
      file: { path: join(folders.data, 'keys.age'), passphrase, clock },
    }),
    sampleHost,
    endPictureHelpers: thumbnailers.end,
    gate: createGate({
      network,
      clock,
      random,
      log,
      version,
      ledger: createCallLedger(database),
      loopbackPort: sampleHost.port,
      knownKeys: () => keys,
    }),
    settingsFile: createSettingsFile({
      folder: folders.data,
      exclusively: (work) => exclusively(join(folders.data, 'locks'), 'settings', work),
      now: clock.now,
    }),
    thumbnailer: deps.thumbnailer ?? thumbnailers.thumbnailer,
    lock: (name: string) => acquireLock(join(folders.data, 'locks'), name, deps.holder, clock.now()),
  };
}
