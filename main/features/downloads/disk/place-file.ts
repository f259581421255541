import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { diskProblem, systemCode, type DiskProblem } from './disk-problem.ts';

/** What the file system is asked for; passed in so that one without links can be had anywhere. */
export type PlacingDisk = Pick<typeof FileSystem, 'link' | 'lstat' | 'open' | 'rename' | 'unlink'>;

const realDisk: PlacingDisk = { link, lstat, open, rename, unlink };

/**
 * Gives a whole, checked file its final name, in one step that a kill can't halve. Without `replace` it never takes the
 * place of anything, and with it only of a file or a link: `taken` where something stands there. Where the file system
 * has no links, an empty file holds the name for a moment (reconcile-placement.ts mends what a kill leaves of that).
 */
export async function placeFile(
  from: string,
  to: string,
  replace: boolean,
  disk: PlacingDisk = realDisk,
): Promise<Result<'placed' | 'taken', DiskProblem>> {
  try {
    return ok(await (replace ? placeOver(from, to, disk) : placeBeside(from, to, disk)));
  } catch (error) {
    return fail(diskProblem(error, to));
  }
}

async function placeBeside(from: string, to: string, disk: PlacingDisk): Promise<'placed' | 'taken'> {
  try {
    await disk.link(from, to);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined || code === 'ENOENT') throw error;
    if (code !== 'EEXIST') return await placeByPlaceholder(from, to, disk);
    // A network's lost answer, or a kill before `unlink`: the name may be this file's own already.
    if (!(await areOneFile(from, to, disk))) return 'taken';
  }
  await removeIfThere(from, disk);
  return 'placed';
}

/** Systems say in many ways that they have no links; whatever the reason was, this way meets it again or works. */
async function placeByPlaceholder(from: string, to: string, disk: PlacingDisk): Promise<'placed' | 'taken'> {
  let placeholder;
  try {
    placeholder = await disk.open(to, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    await placeholder.close();
    await disk.rename(from, to);
    return 'placed';
  } catch (error) {
    await removePlaceholder(to, disk);
    throw error;
  }
}

async function placeOver(from: string, to: string, disk: PlacingDisk): Promise<'placed' | 'taken'> {
  const there = await lookAt(to, disk);
  if (there !== undefined && !there.isFile() && !there.isSymbolicLink()) return 'taken';
  await disk.rename(from, to);
  // Where both names were one file already, renaming does nothing at all (POSIX).
  await removeIfThere(from, disk);
  return 'placed';
}

/** Both names are there, for the same file. */
export async function areOneFile(first: string, second: string, disk: PlacingDisk = realDisk): Promise<boolean> {
  const [one, other] = await Promise.all([lookAt(first, disk), lookAt(second, disk)]);
  return one !== undefined && one.nlink > 1n && one.ino === other?.ino && one.dev === other.dev;
}

/** What stands there, not following a link; undefined for nothing. */
export async function lookAt(
  path: string,
  disk: Pick<PlacingDisk, 'lstat'> = realDisk,
): Promise<BigIntStats | undefined> {
  try {
    // File numbers of NTFS don't fit into a double.
    return await disk.lstat(path, { bigint: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Only if it is still empty: somebody may have put something there meanwhile. */
export async function removePlaceholder(path: string, disk: PlacingDisk = realDisk): Promise<void> {
  const there = await lookAt(path, disk);
  if (there?.isFile() === true && there.size === 0n) await removeIfThere(path, disk);
}

export async function removeIfThere(path: string, disk: Pick<PlacingDisk, 'unlink'> = realDisk): Promise<void> {
  try {
    await disk.unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
