import { ok, type Result } from '../../domain/result.ts';
import type { DiskProblem } from './disk-problem.ts';
import { makeFolderInside } from './folder-inside.ts';

/** Makes folders below destinations, and remembers which it has made. */
export type Folders = {
  /** `path` with forward slashes; `again` where the folder may have gone meanwhile. */
  make(destination: string, path: string, again: boolean): Promise<Result<unknown, DiskProblem>>;
};

const mostRemembered = 10_000;

export function createFolders(): Folders {
  const made = new Set<string>();
  return {
    async make(destination, path, again) {
      const key = `${destination}\0${path}`;
      if (!again && made.has(key)) return ok();
      const folder = await makeFolderInside(destination, path);
      if (made.size >= mostRemembered) made.clear();
      if (folder.ok) made.add(key);
      else made.delete(key);
      return folder;
    },
  };
}
