import { mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, isAbsolute, sep } from 'node:path';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { diskProblem, systemCode, type DiskProblem } from './disk-problem.ts';

/**
 * Makes the folder `path` (forward slashes, '' for none) below `destination`, and returns it. A link on the way is
 * followed only where it stays inside: a file that is saved to the destination lies in the destination.
 */
export async function makeFolderInside(destination: string, path: string): Promise<Result<string, DiskProblem>> {
  const steps = path.split('/').filter((step) => step !== '');
  if (steps.some(isNoName)) return fail(leadsOutside(path));
  const root = await makeDestination(destination);
  if (!root.ok) return root;
  let folder = destination;
  try {
    for (const step of steps) {
      folder = join(folder, step);
      await makeOne(folder);
      if (!isInside(root.value, await realpath(folder))) return fail(leadsOutside(folder));
    }
    return ok(folder);
  } catch (error) {
    return fail(diskProblem(error, folder));
  }
}

/** Its true path. What hinders it concerns every file of the batch. */
async function makeDestination(destination: string): Promise<Result<string, DiskProblem>> {
  try {
    await makeWithParents(destination);
    return ok(await realpath(destination));
  } catch (error) {
    return fail({ ...diskProblem(error, destination), concerns: 'disk', canRetry: false });
  }
}

function isNoName(step: string): boolean {
  return step === '.' || step === '..' || step.includes(sep) || step.includes('\0');
}

/** Node's own `recursive` calls a disk that can only be read a missing folder. */
async function makeWithParents(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (systemCode(error) !== 'ENOENT' || parent === folder) throw error;
    await makeWithParents(parent);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** Returns whether a real path is `root` or lies below it. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function leadsOutside(path: string): DiskProblem {
  const message = `${path} leads out of the destination. Remove that link, or choose another destination.`;
  return { code: 'not-writable', message, canRetry: false, concerns: 'file' };
}
