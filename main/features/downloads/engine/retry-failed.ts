import type { Batch } from '../../../domain/transfer/batch.ts';
import type { TransferReason } from '../../../domain/transfer/transfer.ts';
import { changeRows } from './change-many.ts';
import type { EngineDeps } from './engine-parts.ts';

const pieceRows = 1_000;

/** Queues the failed transfers again whose reason `isWanted` accepts; returns how many there were. */
export async function retryFailed(
  parts: EngineDeps,
  batch: Batch,
  isWanted: (reason: TransferReason | null) => boolean,
): Promise<number> {
  let changed = 0;
  for (let offset = 0; ;) {
    const failed = parts.transfers.list(batch.id, { states: ['failed'], offset, limit: pieceRows });
    const again = failed.filter(({ reason }) => isWanted(reason));
    await changeRows(parts, batch, 'retry', again);
    changed += again.length;
    offset += failed.length - again.length;
    if (failed.length < pieceRows) return changed;
  }
}
