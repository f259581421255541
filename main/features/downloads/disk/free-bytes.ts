import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './disk-problem.ts';

/** Returns the bytes free to this user on the folder's disk, or that of the folder that will hold it; null if unknown. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize, blocks } = await statfs(path);
      // A file system without blocks, such as /proc, reports 0 for everything.
      return blocks === 0 ? null : bavail * bsize;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || path === dirname(path)) return null;
    }
  }
}
