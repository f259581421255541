import type { SyncSnapshot } from '../../contract/commands/syncs.ts';
import type { Result } from '../../domain/result.ts';
import { askedPerPage, type Walk } from '../../domain/network/walk.ts';
import { runSync, type SyncDeps } from './sync-run.ts';

export type SyncService = {
  /**
   * Resolves when the sync has ended, with how: `complete` says that the catalogue equals the API's list. What a failed
   * or cancelled sync saved is kept, and the next one goes on from there. Fails only where no sync began: an unknown
   * account, or `busy`.
   */
  run(accountId: number, mode: Walk['mode']): Promise<Result<SyncSnapshot>>;
  /** Stops at the next page; false where none was running. */
  cancel(accountId: number): boolean;
  cancelAll(): boolean;
  /** Resolves when no sync of the account, or none at all, is under way. */
  idle(accountId?: number): Promise<void>;
  /** Calls that a sync will make: the least, and the whole list where its length is known. */
  cost(accountId: number): { readonly least: number; readonly whole: number | null };
};

export function createSyncService(deps: SyncDeps): SyncService {
  const running = new Map<
    number,
    { readonly controller: AbortController; readonly ended: Promise<Result<SyncSnapshot>> }
  >();
  return {
    run(accountId, mode) {
      const already = running.get(accountId);
      if (already) return already.ended;
      const controller = new AbortController();
      const ended = runSync(deps, accountId, mode, controller.signal).finally(() => running.delete(accountId));
      running.set(accountId, { controller, ended });
      return ended;
    },
    cancel(accountId) {
      const sync = running.get(accountId);
      sync?.controller.abort();
      return sync !== undefined;
    },
    cancelAll() {
      for (const { controller } of running.values()) controller.abort();
      return running.size > 0;
    },
    async idle(accountId) {
      const syncs = [...running].filter(([id]) => accountId === undefined || id === accountId);
      await Promise.allSettled(syncs.map(([, { ended }]) => ended));
    },
    cost(accountId) {
      // The API's total may be wrong, and too low.
      const total = Math.max(
        deps.catalogue.lastOutcome(accountId)?.total ?? 0,
        deps.catalogue.counts(accountId).present,
      );
      return { least: 1, whole: total === 0 ? null : Math.ceil(total / askedPerPage) };
    },
  };
}
