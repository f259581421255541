import { randomBytes } from 'node:crypto';
import type { Batch, BatchOptions } from '../../domain/transfer/batch.ts';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { BatchLock } from './engine/batch-locks.ts';
import { beginRun } from './engine/begin-run.ts';
import type { DownloadContext } from './engine/download-context.ts';
import { retryFailed } from './engine/retry-failed.ts';
import { closing } from './plan/tickets.ts';
import { planBatch, type Order, type PlanWatch } from './plan/plan-batch.ts';
import { stopForError } from './engine/stop-reasons.ts';
import { writeBatch } from './write-batch.ts';

export type StartOrder = Order & BatchOptions;
export type Started = { readonly batchId: number; readonly continued: boolean };

const pieceRows = 1_000;
const notBegun = failure('cancelled', 'It was cancelled. Nothing was begun.');

/**
 * Begins a batch, or goes on with the unfinished one of the same query, destination, template and policy. The watch's
 * signal ends it as long as it has not begun: it leaves nothing behind.
 */
export async function startBatch(
  context: DownloadContext,
  order: StartOrder,
  watch: PlanWatch,
): Promise<Result<Started>> {
  return context.holds.inTurn('start', async () => {
    // It may have waited for another one's turn to end.
    if (watch.signal.aborted) return fail(notBegun);
    const selection = order.selection === null ? ok(null) : await context.plans.digestOf(order.selection);
    if (!selection.ok) return selection;
    const unfinished = context.parts.batches.unfinished().find((batch) => isSame(batch, order, selection.value));
    try {
      if (unfinished !== undefined) return await goOn(context, unfinished, order);
      await removeUnbegun(context);
      return await startAnew(context, order, selection.value, watch);
    } catch (error) {
      const stop = stopForError(error);
      if (stop === undefined) throw error;
      return fail(stop);
    }
  });
}

function isSame(batch: Batch, order: StartOrder, selection: string | null): boolean {
  return (
    batch.state !== 'preparing' &&
    batch.query === order.query &&
    batch.selection === selection &&
    batch.destination === order.destination &&
    batch.template === order.template &&
    batch.policy === order.policy &&
    batch.options.includeOther === order.includeOther
  );
}

/** What failed in it and may work by now is tried again along with what is left. */
async function goOn(context: DownloadContext, batch: Batch, order: StartOrder): Promise<Result<Started>> {
  const { parts, holds, engine } = context;
  const hold = holds.take(batch.uid);
  if (!hold.ok) return hold;
  try {
    return await holds.inTurn(batch.uid, async () => {
      await parts.journal.write(() => parts.batches.setOptions(batch.id, optionsOf(order)));
      if (!engine.isRunning(batch.id)) await retryFailed(parts, batch, (reason) => reason?.canRetry === true);
      const begun = await beginRun(context, batch.id);
      return begun.ok ? ok({ batchId: batch.id, continued: true }) : begun;
    });
  } finally {
    hold.value.release();
  }
}

async function startAnew(
  context: DownloadContext,
  order: StartOrder,
  selection: string | null,
  watch: PlanWatch,
): Promise<Result<Started>> {
  const { parts, holds, plans } = context;
  const planned = await planBatch(plans, order, watch);
  if (!planned.ok) return planned;
  const uid = randomBytes(5).toString('hex');
  const hold = holds.take(uid);
  if (!hold.ok) return hold;
  try {
    return await holds.inTurn(uid, async () => {
      const batch = await insertBatch(context, uid, order, selection);
      const isWritten = await writeBatch(context, batch, planned.value, watch);
      if (!isWritten || watch.signal.aborted) {
        // It may be large: the next start removes it as well, as it does what a kill left.
        if (watch.signal.reason !== closing) await removeBatch(parts, batch.id);
        return fail(notBegun);
      }
      const begun = await beginRun(context, batch.id);
      return begun.ok ? ok({ batchId: batch.id, continued: false }) : begun;
    });
  } finally {
    hold.value.release();
  }
}

async function insertBatch(
  { parts }: DownloadContext,
  uid: string,
  order: StartOrder,
  selection: string | null,
): Promise<Batch> {
  const { query, destination, template, policy } = order;
  const createdAt = parts.clock.now();
  const options = optionsOf(order);
  const id = await parts.journal.write(() =>
    parts.batches.insert({ uid, createdAt, query, selection, destination, template, policy, options }),
  );
  const batch = parts.batches.get(id);
  if (batch === undefined) throw new Error('A batch that was written is not there');
  return batch;
}

function optionsOf({ includeOther, manifest, concurrency, limitRate }: StartOrder): BatchOptions {
  return { includeOther, manifest, concurrency, limitRate };
}

/** Batches whose writing was cut short by a kill never began. Those that another process is writing are locked. */
async function removeUnbegun({ parts, holds }: DownloadContext): Promise<void> {
  for (const batch of parts.batches.unfinished()) {
    const hold: Result<BatchLock> | undefined = batch.state === 'preparing' ? holds.take(batch.uid) : undefined;
    if (hold?.ok !== true) continue;
    await removeBatch(parts, batch.id);
    hold.value.release();
  }
}

/** A piece at a time, so that others get their turn. */
export async function removeBatch({ batches, journal }: DownloadContext['parts'], batchId: number): Promise<void> {
  while (!(await journal.writeNow(() => batches.remove(batchId, pieceRows))));
}
