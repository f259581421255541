import type { BatchSnapshot, BatchView } from '../../main/contract/downloads.ts';
import type { z } from 'zod';
import type { TransferAction } from '../../main/domain/transfer.ts';
import type { Door } from '../client/connect.svelte.ts';
import { coalesce } from '../client/coalesce.ts';
import type { Notices } from '../frame/notices.svelte.ts';

export type Snapshot = z.output<typeof BatchSnapshot>;

/** Batches, newest first, and the newest picture of each that runs. */
export class Transfers {
  batches = $state.raw<readonly BatchView[]>([]);
  snapshots = $state.raw<ReadonlyMap<number, Snapshot>>(new Map());
  isLoaded = $state(false);
  /** The panel at the window's foot. */
  isOpen = $state(false);
  readonly #door: Door;
  readonly #notices: Notices;
  readonly #revisions = new Map<number, number>();

  constructor(door: Door, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  /** Those with files that are neither saved, skipped, failed nor cancelled. */
  get unfinished(): readonly BatchView[] {
    return this.batches.filter(({ finishedAt }) => finishedAt === null);
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic !== 'batch') return;
      const { batchId, state } = message.batch;
      if (message.revision < (this.#revisions.get(batchId) ?? 0)) return;
      this.#revisions.set(batchId, message.revision);
      const before = this.snapshots.get(batchId)?.state;
      this.snapshots = new Map(this.snapshots).set(batchId, message.batch);
      if (before !== state) void this.load();
    });
  }

  readonly load = coalesce(async () => {
    const listed = await this.#door.call('downloads.list', { limit: 200 });
    if (listed.ok) this.batches = listed.value;
    else this.#notices.failed(listed.error);
    this.isLoaded ||= listed.ok;
  });

  async act(action: TransferAction, batchId?: number, seq?: number): Promise<void> {
    const where = { ...(batchId === undefined ? {} : { batchId }), ...(seq === undefined ? {} : { seq }) };
    const acted = await this.#door.call('downloads.act', { action, ...where });
    if (!acted.ok) this.#notices.failed(acted.error);
    await this.load();
  }
}
