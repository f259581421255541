import type { Batch } from '../../../domain/transfer/batch.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import type { EngineDeps } from './engine-parts.ts';
import { absolutePath, partPath } from '../disk/file-paths.ts';
import { moved, settleDone } from './settle-transfer.ts';

const pieceRows = 500;

/** What a process that died left: what is on disk is proven, and the rest is queued again. Nothing of it may run. */
export async function recoverBatch(parts: EngineDeps, batch: Batch): Promise<void> {
  for (const state of ['verifying', 'active'] as const) {
    for (;;) {
      const rows = parts.transfers.inState(batch.id, state, pieceRows);
      if (rows.length === 0) break;
      await Promise.all(rows.map((row) => recoverTransfer(parts, batch, row)));
    }
  }
}

async function recoverTransfer(parts: EngineDeps, batch: Batch, transfer: Transfer): Promise<void> {
  if (await isPlaced(parts, batch, transfer)) {
    await settleDone(parts, batch, transfer);
    return;
  }
  const queued = { ...moved(transfer, { kind: 'recover' }), finalPath: null };
  await parts.journal.write(() => parts.transfers.save(queued));
}

/** An exception means no: the transfer is queued again, and no one file keeps its batch from being resumed. */
async function isPlaced(parts: EngineDeps, batch: Batch, transfer: Transfer): Promise<boolean> {
  const { bytes, sha256, finalPath } = transfer;
  if (transfer.state !== 'verifying' || bytes === null || sha256 === null || finalPath === null) return false;
  const to = absolutePath(batch.destination, finalPath);
  try {
    return await parts.reconcileFile(partPath(batch, transfer), to, { bytes, sha256 });
  } catch (error) {
    const { batchId, seq } = transfer;
    parts.log('error', 'a file could not be recovered', { batchId, seq, error: String(error) });
    return false;
  }
}
