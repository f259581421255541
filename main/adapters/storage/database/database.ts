import type { DatabaseSync } from 'node:sqlite';

/**
 * The open connection that every store works on: the catalogue is the main schema, the user's own file is attached
 * as `own` (so its tables are `own.transfers`). SQLite has no transaction that is atomic over both WAL files: a change
 * of both commits the user's own first, idempotently, then the catalogue with its checkpoint.
 */
export type Database = {
  readonly connection: DatabaseSync;
  /** Runs `work` in one IMMEDIATE transaction; an exception rolls it back. Not to be nested. */
  transaction<T>(work: () => T): T;
  /**
   * The same for a change of the user's own file that a power cut may take back, where what was committed before it may
   * not: it does not wait for the disk. A killed process loses nothing.
   */
  lightTransaction<T>(work: () => T): T;
};
