import type { SyncSnapshot } from '../../contract/commands/syncs.ts';
import type { Account } from '../../domain/account/account.ts';
import type { Failure } from '../../domain/failure.ts';
import { ok, type Result } from '../../domain/result.ts';
import { askedPerPage, type PageFacts, type Walk } from '../../domain/network/walk.ts';
import type { Events } from '../../events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Gate } from '../../adapters/remote/gate.ts';
import type { CatalogueStore } from '../../adapters/storage/images/catalogue-store.ts';
import type { ProcessLock } from '../../adapters/storage/database/process-lock.ts';
import type { SyncEnd, SyncRecord, SyncStore } from '../../adapters/storage/sync/sync-store.ts';
import { finishWalk, freshWalk, resumableWalk, runWalk } from './sync-walk.ts';

export type SyncDeps = {
  readonly catalogue: CatalogueStore;
  readonly syncs: SyncStore;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  readonly account: (id: number) => Result<Account>;
  readonly keyOf: (account: Account, signal: AbortSignal) => Promise<Result<string>>;
  /** Holds the account's sync for this process. */
  readonly lock: (account: Account) => Result<ProcessLock>;
};

/** One sync from lock to journal. */
export async function runSync(
  deps: SyncDeps,
  accountId: number,
  mode: Walk['mode'],
  signal: AbortSignal,
): Promise<Result<SyncSnapshot>> {
  const account = deps.account(accountId);
  if (!account.ok) return account;
  const lock = deps.lock(account.value);
  if (!lock.ok) return lock;
  try {
    const key = await deps.keyOf(account.value, signal);
    return ok(await journalled(deps, account.value, key, mode, signal));
  } finally {
    lock.value.release();
  }
}

async function journalled(
  deps: SyncDeps,
  account: Account,
  key: Result<string>,
  mode: Walk['mode'],
  signal: AbortSignal,
): Promise<SyncSnapshot> {
  const { catalogue, syncs, clock } = deps;
  const checkpoint = catalogue.checkpoint(account.id);
  const walk = resumableWalk(checkpoint, mode);
  const isCarriedOn = walk !== undefined || checkpoint?.kind === 'sweep';
  const walkId = isCarriedOn ? checkpoint?.walkId : undefined;
  const sync = syncs.begin(account.id, walk?.mode ?? mode, walkId, clock.now());
  const progress = createProgress(deps, account, sync);
  try {
    if (!key.ok) return progress.end(howItFailed(key.error));
    const lastWholeAt = syncs.lastWholeAt(account.id) ?? 0;
    if (checkpoint?.kind === 'sweep') {
      const { mark, outcome } = checkpoint;
      const finished = await finishWalk(sync, mark, 'sweep', outcome, { catalogue, lastWholeAt, signal });
      if (!finished.ok) return progress.end(howItFailed(finished.error));
    }
    const ended = await runWalk(sync, walk ?? freshWalk(sync, mode, catalogue), {
      ...{ catalogue, clock, lastWholeAt, signal },
      fetchPage: (page) => fetchPage(deps, { account, key: key.value, page, sync, progress }, signal),
      onPage: progress.page,
    });
    return progress.end(ended.ok ? { state: 'done', complete: ended.value.whole } : howItFailed(ended.error));
  } catch (error) {
    progress.end(howItFailed({ code: 'internal', message: 'The sync was stopped by an error of ours.' }));
    throw error;
  }
}

function howItFailed(error: Failure): SyncEnd {
  return { state: error.code === 'cancelled' ? 'cancelled' : 'failed', complete: false, failure: error };
}

type PageRequest = {
  readonly account: Account;
  readonly key: string;
  readonly page: number;
  readonly sync: SyncRecord;
  readonly progress: Progress;
};

function fetchPage(deps: SyncDeps, { account, key, page, sync, progress }: PageRequest, signal: AbortSignal) {
  return deps.gate.page(
    { origin: account.origin, userId: account.userId, key, page, perPage: askedPerPage },
    {
      signal,
      onCall() {
        deps.syncs.countCall(sync.id);
        progress.called();
      },
      onWait: progress.waits,
    },
  );
}

type Progress = ReturnType<typeof createProgress>;

/** The one picture of a sync that everything shows; its numbers are the journal's own. */
function createProgress(deps: SyncDeps, account: Account, sync: SyncRecord) {
  const { catalogue, syncs, events } = deps;
  let waiting: SyncSnapshot['waiting'] = null;
  let place: { page: number | null; pages: number | null } = { page: null, pages: null };
  const snapshot = (state: SyncSnapshot['state'], failure: Failure | null): SyncSnapshot => {
    const record = syncs.get(sync.id) ?? sync;
    const { calls, added, changed, gone, malformed, complete } = record;
    const counts = { calls, added, changed, gone, malformed, complete };
    const { present } = catalogue.counts(account.id);
    const total = place.page === null ? null : record.total;
    const who = { syncId: sync.id, accountId: account.id, account: account.name };
    return { ...who, state, waiting, ...place, ...counts, present, total, failure };
  };
  const publish = () =>
    events.publish({ topic: 'sync', sync: snapshot(waiting === null ? 'running' : 'waiting', null) });
  return {
    called() {
      waiting = null;
      publish();
    },
    waits(wait: { readonly until: number; readonly why: string }) {
      waiting = wait;
      publish();
    },
    page({ page, totalItems }: PageFacts, { perPage }: Walk) {
      place = { page, pages: Math.max(page, Math.ceil(totalItems / perPage)) };
      publish();
      events.publish({ topic: 'catalogue' });
    },
    end(end: SyncEnd): SyncSnapshot {
      waiting = null;
      syncs.end(sync.id, end, catalogue.counts(account.id).present, deps.clock.now());
      const last = snapshot(end.state, end.failure ?? null);
      deps.log('info', 'sync ended', {
        account: account.uid,
        state: end.state,
        calls: last.calls,
        code: end.failure?.code,
      });
      events.publish({ topic: 'sync', sync: last });
      return last;
    },
  };
}
