import type { Database } from '../database/database.ts';
import type { TimeSlices } from '../database/time-slices.ts';

export type Sweep = {
  readonly accountId: number;
  readonly syncId: number;
  /** Images without it, or a later one, are gone. */
  readonly mark: number;
  /** When the list was last known to be whole, in ms since the epoch. */
  readonly lastSeen: number;
};

/** Looked at in one turn. */
const turnImages = 500;

/**
 * Images without the mark become gone, range by range of their ids; walk and checkpoint stay, so that what a kill left is
 * done by the next sync. Each range's gone images are the user's own and land first. Ends with how many are gone.
 */
export function createSweeper(database: Database): (sweep: Sweep) => TimeSlices<number> {
  const { connection } = database;
  const keepGone = createGoneKeeper(database);
  const end = connection.prepare(
    'SELECT id FROM main.images WHERE account_id = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?',
  );
  const count = connection.prepare(
    `SELECT count(*) AS images, count(*) FILTER (WHERE mark < ?) AS stale FROM main.images
     WHERE account_id = ? AND id > ? AND id <= ?`,
  );
  const remove = connection.prepare('DELETE FROM main.images WHERE account_id = ? AND id > ? AND id <= ? AND mark < ?');
  const fewer = connection.prepare('UPDATE main.walks SET present = max(0, present - ?) WHERE account_id = ?');
  const finish = createFinish(database);
  return function* ({ accountId, syncId, mark, lastSeen }) {
    let [after, kept, gone] = [-1, 0, 0];
    for (;;) {
      const last = end.get(accountId, after, turnImages - 1)?.['id'];
      const until = typeof last === 'number' ? last : Number.MAX_SAFE_INTEGER;
      const found = count.get(mark, accountId, after, until);
      const [images, stale] = [Number(found?.['images']), Number(found?.['stale'])];
      if (stale > 0) {
        gone += keepGone({ accountId, syncId, mark, lastSeen, after, until });
        database.transaction(() => {
          remove.run(accountId, after, until, mark);
          fewer.run(stale, accountId);
        });
      }
      kept += images - stale;
      if (typeof last !== 'number') break;
      after = last;
      yield;
    }
    finish(accountId, mark, kept);
    return gone;
  };
}

/** Malformed records are few. What was kept along with every page is set right here, should it ever have been wrong. */
function createFinish(database: Database) {
  const { connection } = database;
  const remove = connection.prepare('DELETE FROM main.malformed WHERE account_id = ? AND mark < ?');
  const recount = connection.prepare(
    `UPDATE main.walks SET present = ?,
       malformed = (SELECT count(*) FROM main.malformed m WHERE m.account_id = walks.account_id) WHERE account_id = ?`,
  );
  return (accountId: number, mark: number, present: number): void =>
    database.transaction(() => {
      remove.run(accountId, mark);
      recount.run(present, accountId);
    });
}

/** Those above `after`, up to `until`. */
type Range = Sweep & { readonly after: number; readonly until: number };

/**
 * The user's own part of a range. A row that this walk kept before the process died stays as it is; one of an image that
 * had gone before, and was back since, is written anew.
 */
function createGoneKeeper(database: Database): (range: Range) => number {
  const { connection } = database;
  const keep = connection.prepare(
    `INSERT INTO own.gone_images (account_id, id, url, size_text, last_seen, sync_id)
     SELECT account_id, id, url, size_text, ?, ? FROM main.images
     WHERE account_id = ? AND id > ? AND id <= ? AND mark < ?
     ON CONFLICT DO UPDATE SET
       url = excluded.url, size_text = excluded.size_text, last_seen = excluded.last_seen, sync_id = excluded.sync_id
     WHERE (SELECT walk_id FROM own.syncs WHERE id = gone_images.sync_id)
       IS NOT (SELECT walk_id FROM own.syncs WHERE id = excluded.sync_id)`,
  );
  const count = connection.prepare(
    `SELECT count(*) AS n FROM own.gone_images g WHERE account_id = ? AND id > ? AND id <= ? AND sync_id = ?
     AND NOT EXISTS (SELECT 1 FROM main.images m WHERE m.account_id = g.account_id AND m.id = g.id AND m.mark >= ?)`,
  );
  const journal = connection.prepare('UPDATE own.syncs SET gone = gone + ? WHERE id = ?');
  return ({ accountId, syncId, mark, lastSeen, after, until }) =>
    database.transaction(() => {
      keep.run(lastSeen, syncId, accountId, after, until, mark);
      const gone = Number(count.get(accountId, after, until, syncId, mark)?.['n']);
      journal.run(gone, syncId);
      return gone;
    });
}
