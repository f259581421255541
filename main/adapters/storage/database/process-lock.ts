import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failure, type Failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { makeFolder } from './make-folder.ts';
import { createPrivateFile, writePrivateFile } from './private-files.ts';

export type ProcessLock = { release(): void };

export type LockHolder = {
  readonly pid: number;
  /** As a person would say it: `contact-sheet sync`. */
  readonly command: string;
};

/**
 * Holds `name` for this process until released. The lock is SQLite's own file lock, so the system gives it back at
 * whatever death. Fails at once with `busy`, which says who holds it.
 */
export function acquireLock(folder: string, name: string, holder: LockHolder, now: number): Result<ProcessLock> {
  makeFolder(folder);
  const path = join(folder, `${name}.lock`);
  createPrivateFile(path);
  const connection = new DatabaseSync(path, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isBusy(error)) throw error;
    return fail(describe(path));
  }
  try {
    writePrivateFile(`${path}.holder`, JSON.stringify({ ...holder, since: new Date(now).toISOString() }));
  } catch (error) {
    connection.close();
    throw error;
  }
  return ok({
    release() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  });
}

/** Runs `work` while no other process runs work of that name in the folder; waits up to ten seconds for its turn. */
export function exclusively<T>(folder: string, name: string, work: () => T): T {
  makeFolder(folder);
  const path = join(folder, `${name}.lock`);
  createPrivateFile(path);
  const connection = new DatabaseSync(path, { timeout: 10_000 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return work();
  } finally {
    connection.close();
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
}

function describe(path: string): Failure {
  let who = 'another process';
  try {
    const held: unknown = JSON.parse(readFileSync(`${path}.holder`, 'utf8'));
    if (held !== null && typeof held === 'object' && 'pid' in held && 'command' in held && 'since' in held) {
      who = `process ${String(held.pid)} (${String(held.command)}, since ${String(held.since)})`;
    }
  } catch {
    // The holder took the lock and has not written its name yet.
  }
  return failure('busy', `This is being done by ${who} already. Wait until it ends, or stop it, and try again.`);
}
