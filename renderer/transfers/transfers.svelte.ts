import type { BatchSnapshot, BatchView } from '../../main/contract/commands/downloads.ts';
import type { BatchAction } from '../../main/domain/transfer/batch.ts';
import type { Failure } from '../../main/domain/failure.ts';
import type { TransferAction } from '../../main/domain/transfer/transfer.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import { coalesce } from '../client/coalesce.ts';
import { createNow } from '../client/now.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';
import { addSample } from './batches/progress.ts';
import { statusOf, type BatchStatus } from './batches/batch-status.ts';

/** A batch as it stands now: its row, and over it the newest picture while it runs. */
export type ShownBatch = BatchView & {
  readonly stand: BatchStatus;
  /** While it runs here. */
  readonly live: BatchSnapshot | undefined;
};

type Heard = { readonly snapshot: BatchSnapshot; readonly at: number };

/** A batch that runs here is heard of five times a second; at the page's start that is soon known. */
const silenceMs = 3000;
const firstSilenceMs = 1200;
const sampleMs = 500;
const pageBatches = 200;
const mostBatches = 10_000;

/** Batches, newest first, and the newest picture of each that runs. */
export class Transfers {
  batches = $state.raw<readonly BatchView[]>([]);
  isLoaded = $state(false);
  /** The panel at the window's foot. */
  isOpen = $state(false);
  /** The batch whose files the panel shows. */
  openBatch = $state<number | undefined>();
  /** What was asked of a batch and could not be done. */
  problems = $state.raw<ReadonlyMap<number, Failure>>(new Map());
  /** Speeds of the last half minute, of each batch that runs. */
  speeds = $state.raw<ReadonlyMap<number, readonly number[]>>(new Map());
  #heard = $state.raw<ReadonlyMap<number, Heard>>(new Map());
  #limit = $state(pageBatches);
  readonly #openedAt = Date.now();
  readonly #now = createNow(1000);
  readonly #door: RpcClient;
  readonly #notices: Notices;
  readonly #sampledAt = new Map<number, number>();

  constructor(door: RpcClient, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  /** All that were read, as they stand now. */
  readonly list: readonly ShownBatch[] = $derived(this.batches.map((batch) => this.#show(batch)));

  get hasOlder(): boolean {
    return this.batches.length >= this.#limit && this.#limit < mostBatches;
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic === 'batches') void this.load();
      if (message.topic !== 'batch') return;
      const snapshot = message.batch;
      const before = this.#heard.get(snapshot.batchId)?.snapshot;
      const at = Date.now();
      this.#heard = new Map(this.#heard).set(snapshot.batchId, { snapshot, at });
      this.#sample(snapshot, at);
      // Which of the failures a retry can help is only known of the list.
      if (before?.state !== snapshot.state || before.failed !== snapshot.failed) void this.load();
    });
  }

  readonly load = coalesce(async () => {
    const listed = await this.#door.call('downloads.list', { limit: this.#limit });
    if (listed.ok) this.batches = listed.value;
    else this.#notices.failed(listed.error);
    this.isLoaded ||= listed.ok;
  });

  async loadOlder(): Promise<void> {
    this.#limit = Math.min(mostBatches, this.#limit + pageBatches);
    await this.load();
  }

  /** What fails is said beside the batch. One that was left by an earlier session is taken up as it was left. */
  async act(action: BatchAction, batch: Pick<ShownBatch, 'id' | 'stand'>): Promise<void> {
    this.#complain(batch.id, undefined);
    const isLeft = action === 'resume' && batch.stand === 'interrupted';
    const acted = isLeft
      ? await this.#door.call('downloads.resume', { batchId: batch.id })
      : await this.#door.call('downloads.act', { action, batchId: batch.id, onlyHelpful: true });
    if (!acted.ok) this.#complain(batch.id, acted.error);
    await this.load();
  }

  async actOnAll(action: TransferAction): Promise<void> {
    this.problems = new Map();
    const acted = await this.#door.call('downloads.act', { action, onlyHelpful: true });
    if (!acted.ok) this.#notices.failed(acted.error);
    await this.load();
  }

  async actOnFile(action: TransferAction, batchId: number, seq: number): Promise<void> {
    this.#complain(batchId, undefined);
    const acted = await this.#door.call('downloads.act', { action, batchId, seq });
    if (!acted.ok) this.#complain(batchId, acted.error);
    await this.load();
  }

  /** Answers how many batches were forgotten. */
  async clearHistory(): Promise<number | undefined> {
    const cleared = await this.#door.call('downloads.clearHistory', {});
    if (!cleared.ok) this.#notices.failed(cleared.error);
    await this.load();
    return cleared.ok ? cleared.value.batches : undefined;
  }

  #show(batch: BatchView): ShownBatch {
    const heard = this.#heard.get(batch.id);
    const mostMs = heard === undefined ? firstSilenceMs : silenceMs;
    const isSilent = this.#now.ms - (heard?.at ?? this.#openedAt) > mostMs;
    const isLive = batch.state === 'running' && !isSilent;
    const live = isLive && heard?.snapshot.state === 'running' ? heard.snapshot : undefined;
    const counts = live ?? batch;
    const activity = { isLive, isWaiting: live !== undefined && live.waiting !== null };
    const stand = statusOf({ ...batch, ...counts, state: batch.state, isStopped: batch.stop !== null }, activity);
    const { planned, files, done, skipped, failed, cancelled, unsettled, bytes } = counts;
    return { ...batch, planned, files, done, skipped, failed, cancelled, unsettled, bytes, stand, live };
  }

  #sample({ batchId, state, bytesPerSecond }: BatchSnapshot, at: number): void {
    if (state === 'running' && at - (this.#sampledAt.get(batchId) ?? 0) < sampleMs) return;
    this.#sampledAt.set(batchId, at);
    const speeds = new Map(this.speeds);
    if (state === 'running') speeds.set(batchId, addSample(speeds.get(batchId) ?? [], bytesPerSecond));
    else speeds.delete(batchId);
    this.speeds = speeds;
  }

  #complain(batchId: number, failure: Failure | undefined): void {
    const problems = new Map(this.problems);
    if (failure === undefined) problems.delete(batchId);
    else problems.set(batchId, failure);
    this.problems = problems;
  }
}
