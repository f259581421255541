import { mkdir, realpath, stat } from 'node:fs/promises';
import { join, relative, isAbsolute, sep } from 'node:path';
import { fail, ok, type Result } from '../domain/result.ts';
import { diskProblem, systemCode, type DiskProblem } from './disk-problem.ts';

/**
 * Makes the folder `path` (forward slashes, '' for none) below `destination`, and returns it. A link on the way is
 * followed only where it stays inside: a file that is saved to the destination lies in the destination.
 */
export async function makeFolderInside(destination: string, path: string): Promise<Result<string, DiskProblem>> {
  const steps = path.split('/').filter((step) => step !== '');
  if (steps.some(isNoName)) return fail(leadsOutside(path));
  let folder = destination;
  try {
    await mkdir(destination, { recursive: true });
    const root = await realpath(destination);
    for (const step of steps) {
      folder = join(folder, step);
      await makeOne(folder);
      if (!isInside(root, await realpath(folder))) return fail(leadsOutside(folder));
    }
    return ok(folder);
  } catch (error) {
    return fail(diskProblem(error, folder));
  }
}

function isNoName(step: string): boolean {
  return step === '.' || step === '..' || step.includes(sep) || step.includes('\0');
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function leadsOutside(path: string): DiskProblem {
  const message = `${path} leads out of the destination. Remove that link, or choose another destination.`;
  return { code: 'not-writable', message, canRetry: false, concerns: 'file' };
}
