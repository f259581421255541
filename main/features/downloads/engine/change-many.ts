import type { Batch } from '../../../domain/transfer/batch.ts';
import {
  statesAllowing,
  transition,
  type Transfer,
  type TransferAction,
  type TransferState,
} from '../../../domain/transfer/transfer.ts';
import { removePartsOf, sweepPartsOf, type RemoveParts } from '../disk/remove-parts.ts';
import type { EngineDeps } from './engine-parts.ts';
import { writeInSlices } from './write-in-slices.ts';

/** Read at once. */
const pieceRows = 500;

/** Does the same to every transfer of the batch that is in a state that allows it; returns how many that were. */
export async function changeMany(
  parts: EngineDeps,
  batch: Batch,
  action: TransferAction,
  states: readonly TransferState[] = statesAllowing(action),
): Promise<number> {
  const removeParts = sweepPartsOf(batch);
  if (action === 'cancel') await removeFailedParts(parts, batch);
  let changed = 0;
  for (const state of states) {
    for (;;) {
      const rows = parts.transfers.inState(batch.id, state, pieceRows);
      if (rows.length === 0) break;
      await changeRows(parts, batch, action, rows, removeParts);
      changed += rows.length;
    }
  }
  return changed;
}

/** Removes the part files that failed transfers of the batch keep for a retry; a retry then starts from the beginning. */
export async function removeFailedParts({ transfers }: EngineDeps, batch: Batch): Promise<void> {
  const removeParts = removePartsOf(batch);
  for (let offset = 0; ; offset += pieceRows) {
    const rows = transfers.list(batch.id, { states: ['failed'], offset, limit: pieceRows });
    await removeParts(rows.filter(({ validator }) => validator !== null));
    if (rows.length < pieceRows) return;
  }
}

/** The part files of what is cancelled go first, so that a kill leaves none behind. Rows must allow the action. */
export async function changeRows(
  parts: EngineDeps,
  batch: Batch,
  action: TransferAction,
  rows: readonly Transfer[],
  removeParts: RemoveParts = removePartsOf(batch),
): Promise<void> {
  if (action === 'cancel') await removeParts(rows);
  await writeInSlices(parts.journal, rows, (row) => changeRow(parts, action, row));
}

function changeRow({ transfers }: EngineDeps, action: TransferAction, row: Transfer): void {
  const next = transition(row, { kind: action });
  if (next === undefined) throw new Error(`A transfer that is ${row.state} allows no ${action}`);
  // A retry continues the part file that the validator belongs to.
  const validator = action === 'cancel' ? null : row.validator;
  const finalPath = action === 'cancel' || action === 'retry' ? null : row.finalPath;
  transfers.save({ ...row, ...next, validator, finalPath });
}
