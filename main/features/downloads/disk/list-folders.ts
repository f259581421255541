import { opendir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FolderListing } from '../../../contract/commands/folders.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import { compareNatural } from '../../../domain/text/natural-order.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { checkDestination } from './check-destination.ts';
import { systemCode } from './disk-problem.ts';
import { freeBytes } from './free-bytes.ts';

const mostFolders = 2000;
/** A folder of a million files is not read to its end for the folders among them. */
const mostEntries = 50_000;

/** The folders in `path`, names alone. `nothing-known` where it is not there or is none, `not-writable` where it is closed. */
export async function listFolders(path: string): Promise<Result<FolderListing>> {
  const folder = resolve(path);
  try {
    const { folders, truncated } = await readFolders(folder);
    const parent = dirname(folder);
    return ok({
      path: folder,
      parent: parent === folder ? null : parent,
      folders: folders.sort((a, b) => Number(isHidden(a)) - Number(isHidden(b)) || compareNatural(a, b)),
      truncated,
      writable: (await checkDestination(folder)).problem === null,
      freeBytes: await freeBytes(folder),
    });
  } catch (error) {
    return fail(explain(error, folder));
  }
}

async function readFolders(folder: string): Promise<{ folders: string[]; truncated: boolean }> {
  const folders: string[] = [];
  let entries = 0;
  for await (const entry of await opendir(folder)) {
    entries += 1;
    if (folders.length >= mostFolders || entries > mostEntries) return { folders, truncated: true };
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(join(folder, entry.name))))) {
      folders.push(entry.name);
    }
  }
  return { folders, truncated: false };
}

async function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

function explain(error: unknown, folder: string): Failure {
  const code = systemCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT') return failure('nothing-known', `There is no folder ${folder}.`);
  if (code === 'ENOTDIR') return failure('nothing-known', `${folder} is a file, not a folder.`);
  if (code === 'EACCES' || code === 'EPERM') {
    return failure('not-writable', `You may not look into ${folder}. Allow it in its permissions, or choose another.`);
  }
  return failure('not-writable', `${folder} can’t be read (${code}). Choose another folder.`);
}
