import { createWriteStream } from 'node:fs';
import { constants, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Batch } from '../../../domain/transfer/batch.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { SavedFile, SavedFileStore } from '../../../adapters/storage/stores/saved-file-store.ts';
import { failure } from '../../../domain/failure.ts';
import { diskFailure, systemCode, type DiskProblem } from '../disk/disk-problem.ts';
import { folderPrefix, relativePath } from '../disk/file-paths.ts';
import {
  csvManifest,
  jsonManifest,
  NotOurs,
  sumsManifest,
  type ManifestFormat,
  type ManifestRow,
} from './manifest-formats.ts';
import { comparePaths, mergeRows } from './merge-rows.ts';

export type ManifestDeps = {
  readonly savedFiles: SavedFileStore;
  accountName(id: number): string;
  /** The problem if the destination leads elsewhere by now. */
  strayed(batch: Batch): Promise<DiskProblem | undefined>;
};

const pieceRows = 1_000;

/**
 * Writes what the batch saved, or found standing, into manifest.csv, manifest.json and SHA256SUMS at the destination's
 * root, merged with what earlier ones say; each is replaced whole. A file of that name that is none of ours is kept aside.
 */
export async function writeManifests(deps: ManifestDeps, batch: Batch): Promise<Result<undefined>> {
  try {
    await mkdir(batch.destination, { recursive: true });
    for (const format of [csvManifest, jsonManifest, sumsManifest]) {
      const problem = (await deps.strayed(batch)) ?? (await writeManifest(deps, batch, format));
      if (problem !== undefined) return fail(failure(problem.code, problem.message));
    }
    return ok();
  } catch (error) {
    return { ok: false, error: diskFailure(error, batch.destination) };
  }
}

/** Returns the problem if the destination was replaced meanwhile: then nothing is left of it. */
async function writeManifest(
  deps: ManifestDeps,
  batch: Batch,
  format: ManifestFormat,
): Promise<DiskProblem | undefined> {
  const path = join(batch.destination, format.fileName);
  const part = `${path}.${batch.uid}.part`;
  const old = await earlierRows(path, format);
  const merged = mergeRows(old ?? plainly([]), savedRows(deps, batch, format));
  try {
    await pipeline(Readable.from(texts(format, merged)), createWriteStream(part));
    const problem = await deps.strayed(batch);
    if (problem === undefined) {
      if (old === undefined) await setAside(path);
      await rename(part, path);
    } else {
      await rm(part, { force: true });
    }
    return problem;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* texts(format: ManifestFormat, rows: AsyncIterable<ManifestRow>): AsyncGenerator<string> {
  let piece = format.head;
  let isFirst = true;
  for await (const row of rows) {
    piece += isFirst ? row.text : format.between + row.text;
    isFirst = false;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece + (isFirst ? format.emptyTail : format.tail);
}

/** What an earlier manifest says, in order of path, as nothing where there is none; undefined where it is none of ours. */
async function earlierRows(path: string, format: ManifestFormat): Promise<AsyncIterable<ManifestRow> | undefined> {
  let last: string | undefined;
  let isSorted = true;
  try {
    for await (const row of format.read(path)) {
      if (last !== undefined && comparePaths(last, row.path) > 0) isSorted = false;
      last = row.path;
    }
    if (isSorted) return format.read(path);
    const rows: ManifestRow[] = [];
    for await (const row of format.read(path)) rows.push(row);
    return plainly(rows.sort((left, right) => comparePaths(left.path, right.path)));
  } catch (error) {
    if (error instanceof NotOurs) return undefined;
    throw error;
  }
}

async function* plainly(rows: Iterable<ManifestRow>): AsyncGenerator<ManifestRow> {
  yield* rows;
}

function* savedRows(deps: ManifestDeps, batch: Batch, format: ManifestFormat): Generator<ManifestRow> {
  const prefix = folderPrefix(batch.destination);
  let last: SavedFile | null = null;
  for (;;) {
    const files: SavedFile[] = deps.savedFiles.below(prefix, last, pieceRows, batch.id);
    for (const file of files) {
      const path = relativePath(batch.destination, file.path);
      yield format.row({ path, account: deps.accountName(file.accountId), file });
    }
    last = files.at(-1) ?? null;
    if (files.length < pieceRows) return;
  }
}

/** Beside where it was, under the first free number. */
async function setAside(path: string): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await copyFile(path, `${path}.old-${n}`, constants.COPYFILE_EXCL);
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}
