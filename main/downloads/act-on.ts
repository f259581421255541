import { allowedBatchActions, totalsOf, type Batch } from '../domain/batch.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { allowedActions, type TransferAction } from '../domain/transfer.ts';
import { beginRun, unknownBatch } from './begin-run.ts';
import { changeMany, changeRows } from './change-many.ts';
import type { DownloadContext } from './download-context.ts';
import { recoverBatch } from './recover-batch.ts';

/** For a whole batch; returns how many transfers it changed. What the batch's state does not allow changes none. */
export async function actOnBatch(
  context: DownloadContext,
  batchId: number,
  action: TransferAction,
): Promise<Result<number>> {
  return withBatch(context, batchId, async (batch) => {
    // A batch that another process left running is taken up again.
    const isLeft = action === 'resume' && batch.state === 'running' && !context.engine.isRunning(batchId);
    if (!isLeft && !allowedBatchActions(batch.state).includes(action)) return ok(0);
    switch (action) {
      case 'pause':
        return ok(await pauseBatch(context, batch));
      case 'cancel':
        return ok(await cancelBatch(context, batch));
      case 'resume':
      case 'retry':
        return await takeUp(context, batch, action);
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
    const before = parts.transfers.get(batchId, seq)?.state;
    const interruption = action === 'pause' || action === 'cancel' ? action : null;
    await engine.withhold(batchId, seq, interruption);
    const transfer = parts.transfers.get(batchId, seq);
    const wasInterrupted =
      transfer?.state === (action === 'pause' ? 'paused' : 'cancelled') && transfer.state !== before;
    const isAllowed = transfer !== undefined && allowedActions(transfer.state).includes(action);
    if (transfer !== undefined && isAllowed) await changeRows(parts, batch, action, [transfer]);
    engine.requeue(batchId);
    if (!isAllowed) return ok(wasInterrupted ? 1 : 0);
    if (interruption !== null || batch.state === 'paused') return ok(1);
    const begun = await beginRun(context, batchId);
    return begun.ok ? ok(1) : begun;
  });
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

async function pauseBatch({ parts, engine }: DownloadContext, { id }: Batch): Promise<number> {
  const { batches, journal } = parts;
  if (engine.isRunning(id)) await engine.halt(id, { kind: 'paused' });
  else await journal.write(() => batches.setState(id, 'paused', null, null));
  return totalsOf(batches.counts(id)).unsettled;
}

async function cancelBatch({ parts, engine }: DownloadContext, batch: Batch): Promise<number> {
  const { batches, journal, clock } = parts;
  const before = batches.counts(batch.id).cancelled.files;
  if (engine.isRunning(batch.id)) await engine.halt(batch.id, { kind: 'cancelled' });
  else {
    await recoverBatch(parts, batch);
    await changeMany(parts, batch, 'cancel');
    await journal.write(() => batches.setState(batch.id, 'cancelled', null, clock.now()));
  }
  return batches.counts(batch.id).cancelled.files - before;
}

async function takeUp(context: DownloadContext, batch: Batch, action: 'resume' | 'retry'): Promise<Result<number>> {
  const { parts, engine } = context;
  const changed = await changeMany(parts, batch, action, action === 'resume' ? ['paused'] : ['failed']);
  if (action === 'retry' && changed === 0) return ok(0);
  engine.requeue(batch.id);
  const begun = await beginRun(context, batch.id);
  if (!begun.ok) return begun;
  return ok(action === 'resume' ? totalsOf(parts.batches.counts(batch.id)).unsettled : changed);
}
