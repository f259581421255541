import { chmod, rename, rm, stat, utimes } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Clock } from '../../../ports/clock.ts';
import { removeFolders } from './cache-files.ts';
import { createCacheSpace, type CacheSpace } from './cache-space.ts';
import { makeFolder } from './make-folder.ts';

export type CacheHit = { readonly path: string; readonly bytes: number };

/** A file that is being written; it is in the cache once it is placed. */
export type Draft = { readonly part: string; place(): Promise<CacheHit>; discard(): Promise<void> };

/** A folder of files that can be made again, bounded in bytes. The time of a file's last use is its time of access. */
export type FileCache = Pick<CacheSpace, 'shrink' | 'usedBytes' | 'settle'> & {
  /** One look at the disk. Undefined for what is not there, or not whole. */
  find(name: string): Promise<CacheHit | undefined>;
  /** `name` may have folders, with forward slashes. Throws what the disk says. */
  begin(name: string): Promise<Draft>;
  remove(name: string): Promise<void>;
  removeFolder(name: string): Promise<void>;
  clear(): Promise<void>;
};

export type FileCacheSettings = {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  /** Whether a file is whole; asked once for each file and process. */
  readonly isWhole: (path: string, bytes: number) => Promise<boolean>;
  /** Whether anything below the folder of this name is still of use. */
  readonly isKept: (topFolder: string) => boolean;
};

/** How much older than now a time of use may be before it is written again. */
const useMs = 10 * 60_000;
const mostRemembered = 50_000;

export function createFileCache({ folder, limitBytes, clock, isWhole, isKept }: FileCacheSettings): FileCache {
  /** The length of those that were found whole. */
  const whole = new Map<string, number>();
  const space = createCacheSpace({ folder, limitBytes, clock, isKept, removed: (path) => void whole.delete(path) });
  let drafts = 0;
  const pathOf = (name: string): string => join(folder, ...name.split('/'));

  async function check(path: string, bytes: number): Promise<boolean> {
    if (whole.get(path) === bytes) return true;
    if (bytes === 0 || !(await isWhole(path, bytes).catch(() => false))) return false;
    if (whole.size >= mostRemembered) whole.clear();
    whole.set(path, bytes);
    return true;
  }

  async function place(part: string, path: string): Promise<CacheHit> {
    const { size: bytes, mtime } = await stat(part);
    await utimes(part, new Date(clock.now()), mtime).catch(() => undefined);
    // What downloads fetch has the modes of the user's umask; in the cache it is the user's alone.
    await chmod(part, 0o600).catch(() => undefined);
    await rename(part, path);
    whole.set(path, bytes);
    space.grown(bytes);
    return { path, bytes };
  }

  return {
    async find(name) {
      const path = pathOf(name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() !== true || !(await check(path, found.size))) return undefined;
      touch(path, found, clock.now());
      return { path, bytes: found.size };
    },
    async begin(name) {
      const path = pathOf(name);
      drafts++;
      const part = `${path}.${process.pid}-${drafts}.part`;
      await makeFolder(dirname(path));
      return { part, place: () => place(part, path), discard: () => rm(part, { force: true }).catch(() => undefined) };
    },
    async remove(name) {
      whole.delete(pathOf(name));
      await rm(pathOf(name), { force: true }).catch(() => undefined);
    },
    removeFolder: (name) => removeFolders(folder, (each) => each === name),
    shrink: space.shrink,
    usedBytes: space.usedBytes,
    clear: () => space.shrink(-1),
    settle: space.settle,
  };
}

/** Not waited for, and seldom done: it is a write for each tile that is looked at. */
function touch(path: string, { atimeMs, mtime }: Stats, now: number): void {
  if (now - atimeMs > useMs) utimes(path, new Date(now), mtime).catch(() => undefined);
}
