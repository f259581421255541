import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { writePrivateFile } from './private-files.ts';

/** Up to this size a whole check is made at start (about a tenth of a second); larger files are checked as they are read. */
const checkedWholeBytes = 64 * 1024 * 1024;

const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

/** Whether SQLite says that the file itself is broken (and not busy, full or unreadable). */
export function reportsDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  const primary = error.errcode & 0xff;
  return primary === sqliteCorrupt || primary === sqliteNotADatabase;
}

/** Whether the file is a sound database; a file that is not there is sound. */
export function isSound(path: string): boolean {
  if (!existsSync(path)) return true;
  const connection = new DatabaseSync(path);
  try {
    connection.exec('PRAGMA busy_timeout = 10000');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (statSync(path).size > checkedWholeBytes && !existsSync(suspicionPath(dirname(path)))) return true;
    const answer = connection.prepare('PRAGMA quick_check(1)').get();
    return answer?.['quick_check'] === 'ok';
  } catch (error) {
    if (reportsDamage(error)) return false;
    throw error;
  } finally {
    connection.close();
  }
}

/** A process met damage while it ran: the next start checks both files whole, however large. */
export function suspectDamage(folder: string): void {
  try {
    writePrivateFile(suspicionPath(folder), '');
  } catch {
    // A disk that is full or can't be written hides nothing of the damage that is about to be told.
  }
}

export function dropSuspicion(folder: string): void {
  rmSync(suspicionPath(folder), { force: true });
}

function suspicionPath(folder: string): string {
  return join(folder, 'check-at-start');
}

/** Moves a damaged file and its companions aside, beside where it was; returns its new path. */
export function setAside(path: string, now: number): string {
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
