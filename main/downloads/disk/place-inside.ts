import type { BigIntStats } from 'node:fs';
import type { Batch } from '../../domain/batch.ts';
import { fail } from '../../domain/result.ts';
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
 * Places a file if its folder is where it was made, before and after: a file that went elsewhere is taken back. `path` is
 * that of `to`, below the destination.
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

/** Only the file that was placed: another one may stand there by now. */
async function takeBack(to: string, part: BigIntStats | undefined): Promise<void> {
  const there = await lookAt(to).catch(() => undefined);
  if (part === undefined || there?.ino !== part.ino || there.dev !== part.dev) return;
  await removeIfThere(to).catch(() => undefined);
}
