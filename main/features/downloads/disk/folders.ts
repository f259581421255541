import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch } from '../../../domain/transfer/batch.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { diskProblem, systemCode, type DiskProblem } from './disk-problem.ts';
import { isInside, makeFolderInside } from './folder-inside.ts';

/** Makes the folders of running batches, and checks that they stay where they were made. */
export type Folders = {
  /** `path` with forward slashes; `again` where the folder may have gone meanwhile. */
  make(batch: Batch, path: string, again: boolean): Promise<Result<unknown, DiskProblem>>;
  /** Returns a problem if the folder leads out of the destination, or to another disk than when the batch began. */
  strayed(batch: Batch, path: string): Promise<DiskProblem | undefined>;
  /** Forgets a batch whose run is over: its destination may lead elsewhere from now on. */
  forget(batchId: number): void;
};

/** A folder's real path, and its disk. */
type Place = { readonly real: string; readonly device: number };

type Known = { readonly root: Place; readonly devices: Map<string, number> };

const mostRemembered = 10_000;

export function createFolders(): Folders {
  const batches = new Map<number, Known>();

  async function strayed(batch: Batch, path: string): Promise<DiskProblem | undefined> {
    const known = batches.get(batch.id);
    const folder = join(batch.destination, path);
    const now = known && (await placeOf(folder));
    if (known === undefined) return undefined;
    // A folder may be missing because the destination was replaced.
    if (now === undefined) return path === '' ? undefined : strayed(batch, '');
    const isThere = isInside(known.root.real, now.real) && (path !== '' || now.real === known.root.real);
    const device = path === '' ? known.root.device : (known.devices.get(path) ?? now.device);
    return isThere && now.device === device ? undefined : elsewhere(folder, now.real);
  }

  async function begin(batch: Batch): Promise<Result<Known, DiskProblem>> {
    const known = batches.get(batch.id);
    if (known !== undefined) return ok(known);
    const made = await makeFolderInside(batch.destination, '');
    if (!made.ok) return made;
    try {
      const { dev } = await stat(batch.destination);
      const fresh = {
        root: { real: await realpath(batch.destination), device: dev },
        devices: new Map<string, number>(),
      };
      batches.set(batch.id, fresh);
      return ok(fresh);
    } catch (error) {
      return fail(diskProblem(error, batch.destination));
    }
  }

  return {
    strayed,
    async make(batch, path, again) {
      const known = await begin(batch);
      if (!known.ok) return known;
      const { devices } = known.value;
      // A link that led out of the destination from the beginning concerns its own files alone.
      const problem = (await strayed(batch, '')) ?? (devices.has(path) ? await strayed(batch, path) : undefined);
      if (problem !== undefined) return fail(problem);
      if (!again && devices.has(path)) return ok();
      const folder = await makeFolderInside(batch.destination, path);
      if (!folder.ok) {
        devices.delete(path);
        return folder;
      }
      if (devices.size >= mostRemembered) devices.clear();
      const place = await placeOf(folder.value);
      if (place !== undefined) devices.set(path, place.device);
      const moved = await strayed(batch, path);
      return moved === undefined ? ok() : fail(moved);
    },
    forget: (batchId) => void batches.delete(batchId),
  };
}

/** Returns undefined if the folder is missing or can't be read: writing there then fails with the reason. */
async function placeOf(folder: string): Promise<Place | undefined> {
  try {
    const [real, { dev }] = await Promise.all([realpath(folder), stat(folder)]);
    return { real, device: dev };
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

function elsewhere(folder: string, real: string): DiskProblem {
  const message = `${folder} was replaced during the download and now leads to ${real}. Put the folder back, or choose another destination, then resume.`;
  return { code: 'not-writable', message, canRetry: false, concerns: 'disk' };
}
