import { rm } from 'node:fs/promises';
import type { Batch } from '../../domain/batch.ts';
import {
  statesAllowing,
  transition,
  type Transfer,
  type TransferAction,
  type TransferState,
} from '../../domain/transfer.ts';
import type { EngineParts } from './engine-parts.ts';
import { partPath } from '../disk/file-paths.ts';

const pieceRows = 1000;

/** Does the same to every transfer of the batch that is in a state that allows it; returns how many that were. */
export async function changeMany(
  parts: EngineParts,
  batch: Batch,
  action: TransferAction,
  states: readonly TransferState[] = statesAllowing(action),
): Promise<number> {
  let changed = 0;
  for (const state of states) {
    for (;;) {
      const rows = parts.transfers.inState(batch.id, state, pieceRows);
      if (rows.length === 0) break;
      await changeRows(parts, batch, action, rows);
      changed += rows.length;
    }
  }
  return changed;
}

/** The part files of what is cancelled go first, so that a kill leaves none behind. Rows must allow the action. */
export async function changeRows(
  parts: EngineParts,
  batch: Batch,
  action: TransferAction,
  rows: readonly Transfer[],
): Promise<void> {
  if (action === 'cancel') await Promise.all(rows.map((row) => removePart(batch, row)));
  await parts.journal.write(() => {
    for (const row of rows) {
      const next = transition(row, { kind: action });
      if (next === undefined) throw new Error(`A transfer that is ${row.state} allows no ${action}`);
      const isNew = action === 'cancel' || action === 'retry';
      parts.transfers.save({ ...row, ...next, ...(isNew ? { validator: null, finalPath: null } : {}) });
    }
  });
}

async function removePart(batch: Batch, transfer: Transfer): Promise<void> {
  await rm(partPath(batch, transfer), { force: true }).catch(() => undefined);
}
