import type { Dirent } from 'node:fs';
import { chmod, opendir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { isRunning } from '../../../adapters/storage/database/unfinished-file.ts';

export type CachedFile = { readonly path: string; readonly bytes: number; readonly usedAt: number };

const draft = /\.(\d+)-\d+\.part$/;
/** An unfinished file of a process that may be another machine's is left alone for so long. */
const longestDraftMs = 24 * 3_600_000;

/**
 * Every whole file below the folder; times are ms since the epoch. What vanishes meanwhile is left out. What other users
 * may read, as older versions left it, is closed to them.
 */
export async function listCache(folder: string): Promise<CachedFile[]> {
  const files: CachedFile[] = [];
  for await (const path of filesBelow(folder)) {
    const found = draft.test(path) ? undefined : await stat(path).catch(() => undefined);
    if (found === undefined) continue;
    if ((found.mode & 0o077) !== 0) await chmod(path, 0o600).catch(() => undefined);
    files.push({ path, bytes: found.size, usedAt: found.atimeMs });
  }
  return files;
}

/** Removes what writers began and, being dead, will not finish. */
export async function removeAbandoned(folder: string, now: number): Promise<void> {
  for await (const path of filesBelow(folder)) {
    const pid = draft.exec(path)?.[1];
    if (pid === undefined || Number(pid) === process.pid) continue;
    const age = now - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0);
    if (age > longestDraftMs || !isRunning(Number(pid))) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Those right below the folder, by their names, with all in them that can be removed. */
export async function removeFolders(folder: string, isMeant: (name: string) => boolean): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    if (!entry.isDirectory() || !isMeant(entry.name)) continue;
    const path = join(folder, entry.name);
    for await (const file of filesBelow(path)) await rm(file, { force: true }).catch(() => undefined);
    for (const below of await entriesOf(path)) await rmdir(join(path, below.name)).catch(() => undefined);
    await rmdir(path).catch(() => undefined);
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(() => undefined);
  if (entries === undefined) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
