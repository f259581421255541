import type { Counts } from '../../main/contract/commands/catalogue.ts';
import type { JournalEntry, SyncCost, SyncSnapshot } from '../../main/contract/commands/syncs.ts';
import type { Failure } from '../../main/domain/failure.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import { coalesce } from '../client/coalesce.ts';
import type { CountsAsked } from '../client/counted.ts';
import type { Notices } from '../frame/notices.svelte.ts';

/** So many of the newest syncs hold the last one of every account, unless there are very many accounts. */
const entriesRead = 200;

/** `code` may be one of a newer version, as the journal is kept. */
export type SyncFailure = Pick<Failure, 'message' | 'retryAt'> & { readonly code: string };

export type NewestSync = Pick<SyncSnapshot, 'syncId' | 'accountId'> & { readonly failure: SyncFailure | null };

/** The newest picture of each account's sync that this page has seen, and the last one in the journal. */
export class Syncs {
  latest = $state.raw<ReadonlyMap<number, SyncSnapshot>>(new Map());
  /** By account. */
  last = $state.raw<ReadonlyMap<number, JournalEntry>>(new Map());
  /** By account, as asked for last. */
  costs = $state.raw<ReadonlyMap<number, SyncCost>>(new Map());
  /** New images by running sync, of the same moment as the other counts. */
  #added = $state.raw<ReadonlyMap<number, number>>(new Map());
  readonly #door: RpcClient;
  readonly #notices: Notices;

  constructor(door: RpcClient, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  get running(): readonly SyncSnapshot[] {
    return [...this.latest.values()].filter(isRunning);
  }

  /** The newest snapshot of an account's sync; while it runs, its count of new images goes with the other counts. */
  shown(accountId: number): SyncSnapshot | undefined {
    const sync = this.latest.get(accountId);
    if (sync === undefined || !isRunning(sync)) return sync;
    return { ...sync, added: this.#added.get(sync.syncId) ?? 0 };
  }

  readonly counted = {
    asks: () => ({ syncs: this.running.map(({ syncId }) => syncId) }),
    take: ({ added }: Counts, { syncs }: CountsAsked) => {
      this.#added = new Map(syncs.map((syncId, index) => [syncId, added[index] ?? 0]));
    },
  };

  /** The newest sync of an account that is known of: of this page's time, or of the journal. */
  newest(accountId: number): NewestSync | undefined {
    const { latest, last } = this;
    const seen = latest.get(accountId);
    if (seen !== undefined) return seen;
    const entry = last.get(accountId);
    return entry && { syncId: entry.id, accountId, failure: entry.failure };
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic === 'sync') this.#take(message.sync);
      if (message.topic === 'journal') void this.#readLast();
    });
  }

  /** What ran while nothing was heard may have ended since. */
  readonly load = async (): Promise<void> => {
    this.latest = new Map();
    await this.#readLast();
  };

  readonly #readLast = coalesce(async () => {
    const listed = await this.#door.call('sync.journal', { limit: entriesRead });
    if (!listed.ok) return this.#notices.failed(listed.error);
    const last = new Map<number, JournalEntry>();
    for (const entry of listed.value) if (!last.has(entry.accountId)) last.set(entry.accountId, entry);
    this.last = last;
  });

  /** Its failure is in the snapshot that it ends with. */
  async run(accountId: number, full = false): Promise<void> {
    const ended = await this.#door.call('sync.run', { accountId, full });
    if (ended.ok) this.#take(ended.value);
    else this.#notices.failed(ended.error);
    await Promise.all([this.#readLast(), this.readCosts([accountId])]);
  }

  async cancel(accountId: number): Promise<void> {
    const cancelled = await this.#door.call('sync.cancel', { accountId });
    if (!cancelled.ok) this.#notices.failed(cancelled.error);
  }

  async readCosts(accountIds: readonly number[]): Promise<void> {
    const read = await Promise.all(
      accountIds.map(async (accountId) => ({ accountId, cost: await this.#door.call('sync.cost', { accountId }) })),
    );
    const costs = new Map(this.costs);
    for (const { accountId, cost } of read) if (cost.ok) costs.set(accountId, cost.value);
    this.costs = costs;
  }

  #take(sync: SyncSnapshot): void {
    const before = this.latest.get(sync.accountId);
    this.latest = new Map(this.latest).set(sync.accountId, sync);
    if (before !== undefined && isRunning(before) && !isRunning(sync)) void this.#readLast();
  }
}

function isRunning({ state }: SyncSnapshot): boolean {
  return state === 'running' || state === 'waiting';
}
