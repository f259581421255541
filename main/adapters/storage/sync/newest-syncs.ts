import type { DatabaseSync } from 'node:sqlite';

/** Prepares the question for the syncs of each account's latest walk that added anything, the first that was not in vain excepted. */
export function prepareNewestSyncs(connection: DatabaseSync): () => Set<number> {
  const statement = connection.prepare(
    `SELECT s.id FROM
       (SELECT account_id, max(walk_id) FILTER (WHERE added > 0) AS newest,
          min(walk_id) FILTER (WHERE added > 0 OR state = 'done') AS first FROM own.syncs GROUP BY account_id) w
     JOIN own.syncs s ON s.account_id = w.account_id AND s.walk_id = w.newest WHERE w.newest > w.first`,
  );
  return () => new Set(statement.all().map((row) => Number(row['id'])));
}
