import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './disk-problem.ts';

/** Bytes free to this user on the disk of the folder, or of what will hold it; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize, blocks } = await statfs(path);
      // What has no blocks, such as /proc, has no room to tell of.
      return blocks === 0 ? null : bavail * bsize;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || path === dirname(path)) return null;
    }
  }
}
