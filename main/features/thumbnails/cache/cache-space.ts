import { rm } from 'node:fs/promises';
import type { Clock } from '../../../ports/clock.ts';
import { listCache, removeAbandoned, removeFolders, type CachedFile } from './cache-files.ts';

/** Keeps a cache's folder within its bounds, beside those who write to it. */
export type CacheSpace = {
  /** So many bytes came to it. */
  grown(bytes: number): void;
  /** Lets go of what was unused for longest, until so many bytes are left. */
  shrink(toBytes: number): Promise<void>;
  /** Counted anew, as other processes write there too. */
  usedBytes(): Promise<number>;
  /** Resolves when nothing is being tidied up any more. */
  settle(): Promise<void>;
};

export type CacheSpaceSettings = {
  readonly folder: string;
  readonly limitBytes: number;
  readonly clock: Clock;
  /** Whether anything below the folder of this name is still of use. */
  readonly isKept: (topFolder: string) => boolean;
  readonly removed: (path: string) => void;
};

/** What is left after letting go, so that it is not begun again with the next file. */
const roomFor = 0.9;

export function createCacheSpace({ folder, limitBytes, clock, isKept, removed }: CacheSpaceSettings): CacheSpace {
  let used: number | undefined;
  let tidying: Promise<void> = Promise.resolve();
  let underWay = 0;
  /** Bytes that came while the files were being counted. */
  let meanwhile = 0;

  /** The first time removes what writers that were killed, and accounts that are no more, have left. */
  async function count(): Promise<readonly CachedFile[]> {
    if (used === undefined) {
      await removeFolders(folder, (name) => !isKept(name));
      await removeAbandoned(folder, clock.now());
    }
    meanwhile = 0;
    const files = await listCache(folder);
    // Counted twice rather than not at all: that shows at the next count.
    used = files.reduce((sum, { bytes }) => sum + bytes, meanwhile);
    return files;
  }

  async function letGo(mostBytes: number, toBytes: number): Promise<void> {
    const files = [...(await count())].sort((left, right) => left.usedAt - right.usedAt);
    if ((used ?? 0) <= mostBytes) return;
    for (const { path, bytes } of files) {
      if ((used ?? 0) <= toBytes) return;
      removed(path);
      // What can't be removed is counted again the next time.
      await rm(path, { force: true }).catch(() => undefined);
      used = (used ?? 0) - bytes;
    }
  }

  /** One at a time; a refusal of the disk is heard by whoever writes next. */
  function tidy(work: () => Promise<unknown>): Promise<void> {
    underWay++;
    const end = (): void => {
      underWay--;
      if (underWay === 0 && used !== undefined && used > limitBytes) keepWithin();
    };
    tidying = tidying.then(work).then(end, end);
    return tidying;
  }

  function keepWithin(): void {
    if (used === undefined || used > limitBytes) void tidy(() => letGo(limitBytes, limitBytes * roomFor));
  }

  return {
    grown(bytes) {
      if (used !== undefined) used += bytes;
      meanwhile += bytes;
      if (underWay === 0) keepWithin();
    },
    shrink: (toBytes) => tidy(() => letGo(toBytes, toBytes)),
    async usedBytes() {
      await tidy(count);
      return used ?? 0;
    },
    async settle() {
      while (underWay > 0) await tidying;
    },
  };
}
