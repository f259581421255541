import { allowedBatchActions, nextBatchState, totalsOf, type Batch } from '../../domain/transfer/batch.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { allowedActions, canHelp, type TransferAction } from '../../domain/transfer/transfer.ts';
import { beginRun, unknownBatch } from './engine/begin-run.ts';
import { changeMany, changeRows } from './engine/change-many.ts';
import type { DownloadContext } from './engine/download-context.ts';
import type { EngineDeps } from './engine/engine-parts.ts';
import { recoverBatch } from './engine/recover-batch.ts';
import { retryFailed } from './engine/retry-failed.ts';

/**
 * Acts on a whole batch; returns how many transfers it changed, none if the batch's state does not allow it.
 * `onlyHelpful`: retries only what a retry can help.
 */
export async function actOnBatch(
  context: DownloadContext,
  batchId: number,
  action: TransferAction,
  onlyHelpful = false,
): Promise<Result<number>> {
  return withBatch(context, batchId, async (batch) => {
    // One that runs may have been left so by another process, or have paused transfers.
    const mayResume = action === 'resume' && nextBatchState(batch.state, action) !== undefined;
    if (!mayResume && !allowedBatchActions(batch.state).includes(action)) return ok(0);
    switch (action) {
      case 'pause':
        return ok(await pauseBatch(context, batch));
      case 'cancel':
        return ok(await cancelBatch(context, batch));
      case 'resume':
      case 'retry':
        return await takeUp(context, batch, action, onlyHelpful);
    }
  });
}

/** For one transfer: 1, or 0 where its state does not allow it. One of a paused batch waits for the batch. */
export async function actOnTransfer(
  context: DownloadContext,
  batchId: number,
  seq: number,
  action: TransferAction,
): Promise<Result<number>> {
  const { parts, engine } = context;
  return withBatch(context, batchId, async (batch) => {
    if (!engine.isRunning(batchId)) await recoverBatch(parts, batch);
    try {
      const changed = await changeOne(context, batch, seq, action);
      if (changed === 0 || isInterruption(action) || batch.state === 'paused') return ok(changed);
    } finally {
      engine.requeue(batchId);
    }
    const begun = await beginRun(context, batchId);
    return begun.ok ? ok(1) : begun;
  });
}

/** Withheld from the engine meanwhile, which may have come to what was asked for by itself. */
async function changeOne(
  { parts, engine }: DownloadContext,
  batch: Batch,
  seq: number,
  action: TransferAction,
): Promise<number> {
  const before = parts.transfers.get(batch.id, seq)?.state;
  await engine.withhold(batch.id, seq, isInterruption(action) ? action : null);
  const transfer = parts.transfers.get(batch.id, seq);
  if (transfer === undefined) return 0;
  if (!allowedActions(transfer.state).includes(action)) {
    const asked = action === 'pause' ? 'paused' : 'cancelled';
    return isInterruption(action) && transfer.state === asked && transfer.state !== before ? 1 : 0;
  }
  if (action === 'retry') await reopen(parts, batch);
  await changeRows(parts, batch, action, [transfer]);
  return 1;
}

function isInterruption(action: TransferAction): action is 'pause' | 'cancel' {
  return action === 'pause' || action === 'cancel';
}

/** Before a row of a batch that is over is queued again: killed in between, the batch must not count as over. */
async function reopen({ batches, journal }: EngineDeps, { id, finishedAt }: Batch): Promise<void> {
  if (finishedAt !== null) await journal.write(() => batches.setState(id, 'running', null, null));
}

/** Only one process may change a batch, and it makes one change after the other. */
async function withBatch(
  { parts, holds }: DownloadContext,
  batchId: number,
  work: (batch: Batch) => Promise<Result<number>>,
): Promise<Result<number>> {
  const uid = parts.batches.get(batchId)?.uid;
  if (uid === undefined) return fail(unknownBatch());
  return holds.inTurn(uid, async () => {
    const hold = holds.take(uid);
    if (!hold.ok) return hold;
    try {
      const batch = parts.batches.get(batchId);
      return batch === undefined ? fail(unknownBatch()) : await work(batch);
    } finally {
      hold.value.release();
    }
  });
}

/** A run may end in another way than it was told to, if that came first: what was asked for holds all the same. */
async function pauseBatch({ parts, engine }: DownloadContext, batch: Batch): Promise<number> {
  const { batches, journal } = parts;
  await engine.halt(batch.id, { kind: 'paused' });
  if (batches.get(batch.id)?.state === 'running') {
    await recoverBatch(parts, batch);
    await journal.write(() => batches.setState(batch.id, 'paused', null, null));
  }
  return totalsOf(batches.counts(batch.id)).unsettled;
}

async function cancelBatch({ parts, engine }: DownloadContext, batch: Batch): Promise<number> {
  const { batches, journal, clock } = parts;
  const before = batches.counts(batch.id).cancelled.files;
  await engine.halt(batch.id, { kind: 'cancelled' });
  if (batches.get(batch.id)?.finishedAt === null) {
    await recoverBatch(parts, batch);
    await changeMany(parts, batch, 'cancel');
    await journal.write(() => batches.setState(batch.id, 'cancelled', null, clock.now()));
  }
  return batches.counts(batch.id).cancelled.files - before;
}

async function takeUp(
  context: DownloadContext,
  batch: Batch,
  action: 'resume' | 'retry',
  onlyHelpful: boolean,
): Promise<Result<number>> {
  const { parts, engine } = context;
  if (action === 'retry') {
    const { failed } = parts.batches.counts(batch.id);
    if ((onlyHelpful ? parts.batches.retryable(batch.id) : failed.files) === 0) return ok(0);
    await reopen(parts, batch);
  }
  const changed =
    action === 'resume'
      ? await changeMany(parts, batch, 'resume', ['paused'])
      : await retryFailed(parts, batch, onlyHelpful ? canHelp : () => true);
  const isRunning = engine.isRunning(batch.id);
  engine.requeue(batch.id);
  const begun = await beginRun(context, batch.id);
  if (!begun.ok) return begun;
  return ok(action === 'resume' && !isRunning ? totalsOf(parts.batches.counts(batch.id)).unsettled : changed);
}
