import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { backUpBefore, backUpWhenDue, listBackups, restoreNewest } from './backups.ts';
import { dropSuspicion, isSound, setAside } from './damage.ts';
import { databaseFailure } from './database-failure.ts';
import type { Database } from './database.ts';
import { makeFolder } from './make-folder.ts';
import { migrate } from './migrate.ts';
import { createPrivateFile } from './private-files.ts';
import { exclusively } from './process-lock.ts';
import { catalogueMigrations } from './schema/catalogue.ts';
import { ownMigrations } from './schema/own.ts';

export type OpenedDatabase = Database & {
  /** What was mended while opening, as sentences for the user. */
  readonly notices: readonly string[];
  /** Backs the user's own file up where that is due, and closes. */
  close(): void;
};

/**
 * Opens (or makes) both files in `folder`: `catalogue.sqlite` and the user's own `library.sqlite`. A damaged catalogue
 * is set aside, to be rebuilt by the next sync; a damaged library is set aside and the newest backup takes its place.
 * Where the last to open them was another `version` of the app, the user's own file is copied first. Fails with
 * `newer-data`, `not-writable` or `disk-full`.
 */
export function openDatabase(folder: string, now: () => number, version?: string): Result<OpenedDatabase> {
  try {
    makeFolder(folder);
    return open(folder, now, version);
  } catch (error) {
    const known = databaseFailure(error, folder);
    if (known === undefined) throw error;
    return fail(known);
  }
}

function open(folder: string, now: () => number, version: string | undefined): Result<OpenedDatabase> {
  const cataloguePath = join(folder, 'catalogue.sqlite');
  const ownPath = join(folder, 'library.sqlite');
  const backups = join(folder, 'backups');
  // One process mends and migrates, the others wait and find it done.
  const prepared = exclusively(join(folder, 'locks'), 'start', () =>
    prepare({ cataloguePath, ownPath, backups, version }, now()),
  );
  if (!prepared.ok) return prepared;
  const notices = prepared.value;
  const connection = connect(cataloguePath, ownPath);
  return ok({
    connection,
    notices,
    transaction: (work) => runTransaction(connection, work),
    lightTransaction(work) {
      connection.exec('PRAGMA own.synchronous = NORMAL');
      try {
        return runTransaction(connection, work);
      } finally {
        connection.exec('PRAGMA own.synchronous = FULL');
      }
    },
    close() {
      connection.close();
      try {
        backUpWhenDue(ownPath, backups, now());
      } catch (error) {
        // On a disk that is full or can't be written the copy is made at a later end.
        if (databaseFailure(error, folder) === undefined) throw error;
      }
    },
  });
}

type Paths = {
  readonly cataloguePath: string;
  readonly ownPath: string;
  readonly backups: string;
  readonly version: string | undefined;
};

function prepare({ cataloguePath, ownPath, backups, version }: Paths, now: number): Result<readonly string[]> {
  const notices = [...mendCatalogue(cataloguePath, now), ...mendOwn(ownPath, backups, now)];
  dropSuspicion(dirname(cataloguePath));
  if (version !== undefined) keepBeforeUpdate(ownPath, backups, version);
  const own = migrateFile(ownPath, ownMigrations);
  const catalogue = own.ok ? migrateFile(cataloguePath, catalogueMigrations) : own;
  return catalogue.ok ? ok(notices) : catalogue;
}

/** On a disk that is full or can't be written, what comes next says so better. */
function keepBeforeUpdate(ownPath: string, backups: string, version: string): void {
  try {
    backUpBefore(version, ownPath, backups);
  } catch (error) {
    if (databaseFailure(error, backups) === undefined) throw error;
  }
}

function connect(cataloguePath: string, ownPath: string): DatabaseSync {
  const connection = new DatabaseSync(cataloguePath, { timeout: 10_000, enableForeignKeyConstraints: true });
  connection.prepare('ATTACH ? AS own').run(ownPath);
  // A killed process loses nothing either way; the user's own file is also kept through a power cut.
  connection.exec('PRAGMA main.synchronous = NORMAL; PRAGMA own.synchronous = FULL; PRAGMA cache_size = -16000;');
  return connection;
}

function migrateFile(path: string, migrations: readonly string[]): Result<undefined> {
  // What SQLite makes beside the file gets its mode.
  createPrivateFile(path);
  const connection = new DatabaseSync(path, { timeout: 10_000 });
  try {
    connection.exec('PRAGMA journal_mode = WAL');
    return migrate(connection, migrations, (version) => `${path}.before-version-${version + 1}`);
  } finally {
    connection.close();
  }
}

function mendCatalogue(path: string, now: number): string[] {
  if (isSound(path)) return [];
  const aside = setAside(path, now);
  return [
    `The catalogue was damaged and was set aside as ${aside}. The next sync builds it anew; nothing of yours is lost.`,
  ];
}

/** A kill while a damaged file was being set aside leaves none: then what is left of it follows, and the backup comes. */
function mendOwn(path: string, backups: string, now: number): string[] {
  if (!existsSync(path) && listBackups(backups).length > 0) {
    setAside(path, now);
    const found = restoreNewest(path, backups);
    return found === undefined
      ? []
      : [`The file with your accounts and history was missing. The backup ${found} took its place.`];
  }
  if (isSound(path)) return [];
  const aside = setAside(path, now);
  const restored = restoreNewest(path, backups);
  return [
    restored === undefined
      ? `The file with your accounts and history was damaged and was set aside as ${aside}. There was no backup yet, so a new one was begun.`
      : `The file with your accounts and history was damaged and was set aside as ${aside}. The backup ${restored} took its place.`,
  ];
}

function runTransaction<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
