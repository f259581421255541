import type { SyncSnapshot } from '../../main/contract/syncs.ts';
import type { Door } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';

/** The newest picture of each account's sync that this page has seen, running or ended. */
export class Syncs {
  latest = $state.raw<ReadonlyMap<number, SyncSnapshot>>(new Map());
  readonly #door: Door;
  readonly #notices: Notices;
  readonly #revisions = new Map<number, number>();

  constructor(door: Door, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  get running(): readonly SyncSnapshot[] {
    return [...this.latest.values()].filter(({ state }) => state === 'running' || state === 'waiting');
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic !== 'sync') return;
      const { accountId } = message.sync;
      if (message.revision < (this.#revisions.get(accountId) ?? 0)) return;
      this.#revisions.set(accountId, message.revision);
      this.#take(message.sync);
    });
  }

  /** What ran before this page was there is in the journal; its numbers are asked for where they are shown. */
  load(): Promise<void> {
    return Promise.resolve();
  }

  /** Its failure is in the snapshot that it ends with. */
  async run(accountId: number, full = false): Promise<void> {
    const ended = await this.#door.call('sync.run', { accountId, full });
    if (ended.ok) this.#take(ended.value);
    else this.#notices.failed(ended.error);
  }

  async cancel(accountId: number): Promise<void> {
    const cancelled = await this.#door.call('sync.cancel', { accountId });
    if (!cancelled.ok) this.#notices.failed(cancelled.error);
  }

  #take(sync: SyncSnapshot): void {
    this.latest = new Map(this.latest).set(sync.accountId, sync);
  }
}
