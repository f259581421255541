import { opendir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Batch } from '../../../domain/transfer/batch.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import { systemCode } from './disk-problem.ts';
import { partPath } from './file-paths.ts';

/** Removes the part files that transfers have, if they have any. */
export type RemoveParts = (transfers: readonly Transfer[]) => Promise<void>;

/** Folders whose part files are known at once. */
const mostFolders = 1_000;
const entriesAtOnce = 256;

/** For a few: each is removed, whether it is there or not. */
export function removePartsOf(batch: Batch): RemoveParts {
  return async (transfers) => {
    await Promise.all(transfers.map((transfer) => remove(partPath(batch, transfer))));
  };
}

/** For many of a batch that stands still: most have none, so that each folder is read once in place of a look for each. */
export function sweepPartsOf(batch: Batch): RemoveParts {
  const folders = new Map<string, ReadonlySet<number> | undefined>();
  return async (transfers) => {
    for (const transfer of transfers) {
      const path = partPath(batch, transfer);
      const folder = dirname(path);
      if (!folders.has(folder)) {
        if (folders.size >= mostFolders) folders.clear();
        folders.set(folder, await partsIn(folder, batch.uid));
      }
      const parts = folders.get(folder);
      if (parts === undefined || parts.has(transfer.seq)) await remove(path);
    }
  };
}

/** The numbers of the batch's transfers that have a part file there; undefined where that can't be told. */
async function partsIn(folder: string, uid: string): Promise<ReadonlySet<number> | undefined> {
  const seqs = new Set<number>();
  const form = new RegExp(`\\.${uid}-([0-9]+)\\.part$`);
  try {
    for await (const { name } of await opendir(folder, { bufferSize: entriesAtOnce })) {
      const seq = form.exec(name)?.[1];
      if (seq !== undefined) seqs.add(Number(seq));
    }
    return seqs;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? seqs : undefined;
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
