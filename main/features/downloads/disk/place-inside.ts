import type { BigIntStats } from 'node:fs';
import type { Batch } from '../../../domain/transfer/batch.ts';
import { fail } from '../../../domain/result.ts';
import type { PlaceFile } from '../engine/engine-parts.ts';
import { splitPath } from './file-paths.ts';
import type { Folders } from './folders.ts';
import { lookAt, removeIfThere } from './place-file.ts';

export type Placement = {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly replace: boolean;
};

/**
 * Places a file if its folder is where it was made, and removes it again if the folder was replaced meanwhile. `path`
 * is that of `to`, relative to the destination.
 */
export async function placeInside(
  { folders, placeFile }: { readonly folders: Folders; readonly placeFile: PlaceFile },
  batch: Batch,
  { from, to, path, replace }: Placement,
): ReturnType<PlaceFile> {
  const { folder } = splitPath(path);
  const before = await folders.strayed(batch, folder);
  if (before !== undefined) {
    // The name is this transfer's own, wherever it leads.
    await removeIfThere(from).catch(() => undefined);
    return fail(before);
  }
  const part = await lookAt(from).catch(() => undefined);
  const placed = await placeFile(from, to, replace);
  const after = await folders.strayed(batch, folder);
  if (after === undefined) return placed;
  if (placed.ok && placed.value === 'placed') await takeBack(to, part);
  return fail(after);
}

/** Removes the file that was placed, unless another one has taken its place. */
async function takeBack(to: string, part: BigIntStats | undefined): Promise<void> {
  const there = await lookAt(to).catch(() => undefined);
  if (part === undefined || there?.ino !== part.ino || there.dev !== part.dev) return;
  await removeIfThere(to).catch(() => undefined);
}
