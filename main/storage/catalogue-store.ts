import type { Outcome } from '../domain/walk.ts';
import type { Database } from './database.ts';
import { createPageSaver, type Checkpoint, type SavePage } from './page-saver.ts';

export type CatalogueStore = {
  readonly savePage: SavePage;
  checkpoint(accountId: number): Checkpoint | null;
  lastOutcome(accountId: number): Outcome | null;
  /** A mark that no image carries yet. */
  newMark(): number;
  /** Images without the mark become gone; walk and checkpoint end. Returns how many. Repeatable after a kill.
   * `lastSeen` is when the list was last known to be whole, in ms since the epoch. */
  sweep(accountId: number, syncId: number, mark: number, lastSeen: number): number;
  /** Written before the first page is asked for, so that even a sync that was killed before it is carried on. */
  beginWalk(accountId: number, checkpoint: Checkpoint): void;
  endWalk(accountId: number, outcome: Outcome | null): void;
  counts(accountId: number): { readonly present: number; readonly malformed: number };
  /** Rises with every change of the catalogue. */
  revision(): number;
};

export function createCatalogueStore(database: Database): CatalogueStore {
  const { connection } = database;
  const bump = connection.prepare("UPDATE main.meta SET value = value + 1 WHERE name = 'revision'");
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
    sweep(accountId, syncId, mark, lastSeen) {
      const gone = keepGone(database, accountId, syncId, mark, lastSeen);
      database.transaction(() => {
        connection.prepare('DELETE FROM main.images WHERE account_id = ? AND mark < ?').run(accountId, mark);
        connection.prepare('DELETE FROM main.malformed WHERE account_id = ? AND mark < ?').run(accountId, mark);
        connection.prepare(recount).run(accountId);
        bump.run();
      });
      return gone;
    },
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
    revision: () => Number(connection.prepare("SELECT value FROM main.meta WHERE name = 'revision'").get()?.['value']),
  };
}

const recount = `UPDATE main.walks SET
  present = (SELECT count(*) FROM main.images i WHERE i.account_id = walks.account_id),
  malformed = (SELECT count(*) FROM main.malformed m WHERE m.account_id = walks.account_id) WHERE account_id = ?`;

/**
 * The user's own part of a sweep. A row that this walk kept before the process died stays as it is; one of an image that
 * had gone before, and was back since, is written anew.
 */
function keepGone(database: Database, accountId: number, syncId: number, mark: number, lastSeen: number): number {
  const { connection } = database;
  return database.transaction(() => {
    connection
      .prepare(
        `INSERT INTO own.gone_images (account_id, id, url, size_text, last_seen, sync_id)
         SELECT account_id, id, url, size_text, ?, ? FROM main.images WHERE account_id = ? AND mark < ?
         ON CONFLICT DO UPDATE SET
           url = excluded.url, size_text = excluded.size_text, last_seen = excluded.last_seen, sync_id = excluded.sync_id
         WHERE (SELECT walk_id FROM own.syncs WHERE id = gone_images.sync_id)
           IS NOT (SELECT walk_id FROM own.syncs WHERE id = excluded.sync_id)`,
      )
      .run(lastSeen, syncId, accountId, mark);
    const row = connection
      .prepare(
        `SELECT count(*) AS n FROM own.gone_images g WHERE account_id = ?1 AND sync_id = ?2 AND NOT EXISTS
           (SELECT 1 FROM main.images m WHERE m.account_id = g.account_id AND m.id = g.id AND m.mark >= ?3)`,
      )
      .get(accountId, syncId, mark);
    const gone = Number(row?.['n']);
    connection.prepare('UPDATE own.syncs SET gone = ? WHERE id = ?').run(gone, syncId);
    return gone;
  });
}
