import { statfsSync } from 'node:fs';
import { failure, type Failure } from '../../../domain/failure.ts';

// SQLite's primary result codes, https://www.sqlite.org/rescode.html
const busy = [5, 6];
const notWritable = [3, 8, 10, 14];
const full = 13;
/** What SQLite says of a full disk where it can't make the file that its processes share. */
const maybeFull = [10, 14];
const scarceBytes = 64 * 1024;
const damaged = [11, 26];

/** What an exception of the database or its files means to the user; undefined for one that is a bug of ours. */
export function databaseFailure(error: unknown, folder: string): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const sqlite = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
  const system = 'code' in error ? String(error.code) : '';
  const isFull = sqlite === full || (maybeFull.includes(sqlite) && hasNoRoom(folder));
  if (isFull || system === 'ENOSPC' || system === 'EDQUOT') {
    return failure(
      'disk-full',
      `There is no space left for Contact Sheet's data in ${folder}. Free some and try again.`,
    );
  }
  // Making folders with their parents, Node calls a disk that can only be read a missing folder.
  const isReadOnly = system === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir';
  if (
    isReadOnly ||
    notWritable.includes(sqlite) ||
    /^(EACCES|EROFS|EPERM|ENOTDIR|EEXIST|ENAMETOOLONG|EIO)$/.test(system)
  ) {
    return failure(
      'not-writable',
      `Contact Sheet can't write its data in ${folder}. Allow it to, or name another folder in CONTACT_SHEET_HOME.`,
    );
  }
  if (damaged.includes(sqlite)) {
    return failure(
      'data-damaged',
      `A file of Contact Sheet's data in ${folder} is damaged. Start Contact Sheet again: it sets the file aside and mends what it can.`,
    );
  }
  if (busy.includes(sqlite)) {
    return failure('busy', 'Another process kept the data for too long. Wait until it ends, and try again.');
  }
  return undefined;
}

function hasNoRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < scarceBytes;
  } catch {
    return false;
  }
}
