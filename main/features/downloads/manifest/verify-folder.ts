import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { SavedFile, SavedFileStore } from '../../../adapters/storage/stores/saved-file-store.ts';
import type { EngineDeps } from '../engine/engine-parts.ts';
import { diskFailure, systemCode } from '../disk/disk-problem.ts';
import { absolutePath, folderPrefix, relativePath } from '../disk/file-paths.ts';
import { hashFile } from '../disk/hash-file.ts';
import { inParallel } from '../plan/in-parallel.ts';
import { sumsManifest } from './manifest-formats.ts';

export type Difference = { readonly path: string; readonly problem: 'missing' | 'changed' | 'unreadable' };

export type Verification = {
  readonly by: 'sums' | 'history';
  readonly checked: number;
  /** At most 1,000, by path; `differ` counts all. */
  readonly differences: readonly Difference[];
  readonly differ: number;
};

type Expected = { readonly path: string; readonly sha256: string };

const atOnce = 8;
const mostDifferences = 1_000;
const pieceRows = 500;

/**
 * Reads every file again that the folder's SHA256SUMS names, or, where it has none, that the history saved below it.
 * `nothing-known` where neither says anything.
 */
export async function verifyFolder(
  { savedFiles, journal, clock }: Pick<EngineDeps, 'savedFiles' | 'journal' | 'clock'>,
  folder: string,
): Promise<Result<Verification>> {
  const sums = join(folder, sumsManifest.fileName);
  try {
    if (await isThere(sums)) return await verifyAll('sums', folder, sumsManifest.read(sums));
    const verified = await verifyAll('history', folder, historyOf(savedFiles, folder), ({ path }) => {
      // Knowing when it was last checked is worth no failure.
      journal.write(() => savedFiles.markVerified(absolutePath(folder, path), clock.now())).catch(() => undefined);
    });
    await journal.flush();
    return verified;
  } catch (error) {
    return fail(diskFailure(error, folder));
  }
}

async function verifyAll(
  by: Verification['by'],
  folder: string,
  expected: AsyncIterable<Expected>,
  onTrue: (file: Expected) => void = () => undefined,
): Promise<Result<Verification>> {
  const differences: Difference[] = [];
  let checked = 0;
  let differ = 0;
  await inParallel(expected, atOnce, async (file) => {
    const problem = await verifyFile(folder, file);
    checked++;
    if (problem === undefined) return onTrue(file);
    differ++;
    if (differences.length < mostDifferences) differences.push({ path: file.path, problem });
  });
  if (checked === 0) return fail(failure('nothing-known', nothingKnown));
  differences.sort((left, right) => (left.path < right.path ? -1 : 1));
  return ok({ by, checked, differences, differ });
}

const nothingKnown =
  'Nothing is known of this folder: it has no SHA256SUMS, and nothing was downloaded to it. Name the folder of a download.';

async function verifyFile(folder: string, { path, sha256 }: Expected): Promise<Difference['problem'] | undefined> {
  const absolute = absolutePath(folder, path);
  if (!absolute.startsWith(folderPrefix(folder))) return 'unreadable';
  try {
    const found = await hashFile(absolute);
    if (found === undefined) return 'missing';
    return found.sha256 === sha256 ? undefined : 'changed';
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return 'unreadable';
  }
}

async function* historyOf(savedFiles: SavedFileStore, folder: string): AsyncGenerator<Expected> {
  const prefix = folderPrefix(folder);
  let last: SavedFile | null = null;
  for (;;) {
    const files: SavedFile[] = savedFiles.below(prefix, last, pieceRows);
    for (const file of files) {
      // Several images may have been found in one file.
      if (file.path !== last?.path) yield { path: relativePath(folder, file.path), sha256: file.sha256 };
      last = file;
    }
    if (files.length < pieceRows) return;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
