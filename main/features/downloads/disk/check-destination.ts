import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure, type Failure } from '../../../domain/failure.ts';
import { nameBytesMax } from '../../../domain/files/portable-name.ts';
import { systemCode } from './disk-problem.ts';

export type Destination = {
  readonly exists: boolean;
  /** Why no file can be saved there: `not-writable`. */
  readonly problem: Failure | null;
};

/** The longest path that the system accepts, in bytes; Windows accepts longer ones than its programs do. */
const pathBytesMax: { readonly [P in NodeJS.Platform]?: number } = { linux: 4095, darwin: 1023 };

/**
 * Finds out whether files can be saved in a folder, which may not exist yet. Writes nothing, except to a file system
 * without blocks, such as /proc: only a file can tell there, and it is removed at once.
 */
export async function checkDestination(folder: string): Promise<Destination> {
  let exists = false;
  try {
    const most = pathBytesMax[process.platform] ?? Infinity;
    if (Buffer.byteLength(folder) + 1 + nameBytesMax > most) return { exists, problem: tooLong(folder) };
    const holder = await nearest(folder);
    if (holder === undefined) return { exists, problem: notThere(folder) };
    exists = holder.path === folder;
    return { exists, problem: await problemIn(folder, holder) };
  } catch (error) {
    return { exists, problem: explain(error, folder) };
  }
}

type Holder = { readonly path: string; readonly isFolder: boolean; readonly device: number };

/** Returns the folder itself, or the nearest one above it that exists; undefined if not even the disk does. */
async function nearest(folder: string): Promise<Holder | undefined> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await stat(path).catch(ifMissing);
    if (found !== undefined) return { path, isFolder: found.isDirectory(), device: found.dev };
    // A link whose target is missing can't be replaced by a folder.
    if ((await lstat(path).catch(ifMissing)) !== undefined) return { path, isFolder: false, device: 0 };
    if (path === dirname(path)) return undefined;
  }
}

async function problemIn(folder: string, { path, isFolder, device }: Holder): Promise<Failure | null> {
  if (!isFolder) return refused(`${path} is not a folder. Choose another folder, or move what is in the way.`);
  if (path !== folder && mountBase.test(path) && (await stat(dirname(path))).dev === device) {
    return notThere(join(path, folder.slice(path.length).split('/').find(Boolean) ?? ''));
  }
  try {
    await access(path, constants.W_OK | constants.X_OK);
    if ((await statfs(path)).blocks === 0) await tryToWrite(path);
    return null;
  } catch (error) {
    return explain(error, path);
  }
}

/** Folders that disks are attached in: a missing one is a disk, and creating it would fill another disk. */
const mountBase = /^\/(?:mnt|media(?:\/[^/]+)?|run\/media(?:\/[^/]+)?|Volumes)$/;

async function tryToWrite(folder: string): Promise<void> {
  const path = join(folder, `.contact-sheet-${randomBytes(6).toString('hex')}`);
  const file = await open(path, 'wx');
  await file.close();
  await unlink(path);
}

function ifMissing(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}

function explain(error: unknown, path: string): Failure {
  const code = systemCode(error);
  switch (code) {
    case undefined:
      throw error;
    case 'EROFS':
      return refused(`${path} is on a disk that is read-only. Choose another folder.`);
    case 'EACCES':
    case 'EPERM':
      return refused(
        `You don’t have permission to write in ${path}. Choose another folder, or change its permissions.`,
      );
    case 'ENOTDIR':
      return refused(`${path} can’t be created, because a file is in the way. Choose another folder.`);
    case 'ENAMETOOLONG':
      return tooLong(path);
    case 'ELOOP':
      return refused(`${path} leads through a loop of links. Choose another folder, or remove them.`);
    // As in /proc: the folder is there, and nothing can be made in it.
    case 'ENOENT':
      return refused(`Files can’t be saved in ${path}. Choose another folder.`);
    default:
      return refused(`Files can’t be saved in ${path} (${code}). Choose another folder.`);
  }
}

function tooLong(path: string): Failure {
  const shown = `${path.slice(0, 60)}…`;
  return refused(`The path ${shown} is too long for this system. Choose a folder with a shorter path.`);
}

function notThere(path: string): Failure {
  return refused(`${path} doesn’t exist. If it is a disk, connect it. If it is a folder, create it first.`);
}

function refused(message: string): Failure {
  return failure('not-writable', message);
}
