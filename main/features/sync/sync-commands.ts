import type { Handlers } from '../../contract/command.ts';
import type { syncCommands } from '../../contract/commands/syncs.ts';
import { ok } from '../../domain/result.ts';
import type { SyncStore } from '../../adapters/storage/sync/sync-store.ts';
import type { SyncService } from './sync-service.ts';

export function createSyncCommands(sync: SyncService, store: SyncStore): Handlers<typeof syncCommands> {
  return {
    'sync.run': ({ accountId, full }) => sync.run(accountId, full ? 'full' : 'incremental'),
    'sync.cancel'({ accountId }) {
      if (accountId !== undefined) return ok({ cancelled: sync.cancel(accountId) });
      return ok({ cancelled: sync.cancelAll() });
    },
    'sync.cost': ({ accountId }) => ok(sync.cost(accountId)),
    'sync.journal': ({ accountId, limit }) => ok(store.list(accountId, limit)),
    'sync.malformed': ({ syncId }) => ok(store.malformed(syncId)),
  };
}
