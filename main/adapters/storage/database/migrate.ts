import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { createPrivateFile } from './private-files.ts';
import { makeWhole, removeAbandoned } from './unfinished-file.ts';

/**
 * Brings one file up to date, each migration in a transaction of its own, after a copy of the file was made at
 * `backupPath(version)`. A file of a newer version is refused with `newer-data` and left as it is.
 */
export function migrate(
  connection: DatabaseSync,
  migrations: readonly string[],
  backupPath: (version: number) => string,
): Result<undefined> {
  const version = schemaVersion(connection);
  if (version > migrations.length) {
    return fail(
      failure(
        'newer-data',
        'Your data was written by a newer version of Contact Sheet. Install that version to open it.',
      ),
    );
  }
  if (version === migrations.length) return ok();
  if (version > 0) backUp(connection, backupPath(version));
  for (let next = version; next < migrations.length; next++) step(connection, migrations[next] ?? '', next);
  return ok();
}

function step(connection: DatabaseSync, sql: string, version: number): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have migrated while this one waited for the lock.
    if (schemaVersion(connection) === version) {
      connection.exec(sql);
      connection.exec(`PRAGMA user_version = ${version + 1}`);
    }
    connection.exec('COMMIT');
  } catch (error) {
    // A full disk ends it before.
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

export function schemaVersion(connection: DatabaseSync): number {
  const row = connection.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** A consistent, compact copy for its owner only, whole or not there at all; does nothing where the copy is there already. */
export function backUp(connection: DatabaseSync, path: string): void {
  if (existsSync(path)) return;
  removeAbandoned(dirname(path), (name) => name === basename(path));
  makeWhole(path, (unfinished) => {
    createPrivateFile(unfinished);
    connection.prepare('VACUUM INTO ?').run(unfinished);
  });
}
