import type { Outcome } from '../../../domain/network/walk.ts';
import type { Database } from '../database/database.ts';
import { createSweeper, type Sweep } from '../sync/sweep.ts';
import type { TimeSlices } from '../database/time-slices.ts';
import { createPageSaver, type Checkpoint, type SavePage } from '../sync/page-saver.ts';

export type CatalogueStore = {
  readonly savePage: SavePage;
  checkpoint(accountId: number): Checkpoint | null;
  lastOutcome(accountId: number): Outcome | null;
  /** A mark that no image carries yet. */
  newMark(): number;
  /** Images without the mark become gone. Repeatable after a kill. */
  readonly sweep: (sweep: Sweep) => TimeSlices<number>;
  /** Written before the first page is asked for, so that even a sync that was killed before it is carried on. */
  beginWalk(accountId: number, checkpoint: Checkpoint): void;
  endWalk(accountId: number, outcome: Outcome | null): void;
  counts(accountId: number): { readonly present: number; readonly malformed: number };
};

export function createCatalogueStore(database: Database): CatalogueStore {
  const { connection } = database;
  const walks = connection.prepare('SELECT * FROM main.walks WHERE account_id = ?');
  // Only ever written by this program, in a file that was checked when it was opened.
  const read = (accountId: number, column: 'checkpoint' | 'outcome'): unknown => {
    const text = walks.get(accountId)?.[column];
    return typeof text === 'string' ? JSON.parse(text) : null;
  };
  return {
    savePage: createPageSaver(database),
    checkpoint: (accountId) => read(accountId, 'checkpoint') as Checkpoint | null,
    lastOutcome: (accountId) => read(accountId, 'outcome') as Outcome | null,
    newMark() {
      return database.transaction(() => {
        connection.exec("INSERT INTO main.meta VALUES ('mark', 1) ON CONFLICT DO UPDATE SET value = value + 1");
        return Number(connection.prepare("SELECT value FROM main.meta WHERE name = 'mark'").get()?.['value']);
      });
    },
    sweep: createSweeper(database),
    beginWalk(accountId, checkpoint) {
      connection
        .prepare(
          `INSERT INTO main.walks (account_id, checkpoint) VALUES (?, ?)
           ON CONFLICT DO UPDATE SET checkpoint = excluded.checkpoint`,
        )
        .run(accountId, JSON.stringify(checkpoint));
    },
    endWalk(accountId, outcome) {
      connection
        .prepare('UPDATE main.walks SET checkpoint = NULL, outcome = coalesce(?, outcome) WHERE account_id = ?')
        .run(outcome === null ? null : JSON.stringify(outcome), accountId);
    },
    counts(accountId) {
      const row = walks.get(accountId);
      return { present: Number(row?.['present'] ?? 0), malformed: Number(row?.['malformed'] ?? 0) };
    },
  };
}
