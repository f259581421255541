import type { Database } from '../database/database.ts';
import type { TimeSlices } from '../database/time-slices.ts';

/** Removed in one turn. */
const turnRows = 500;

type Table = { readonly name: string; readonly key: string; readonly where?: string };

/** What is known of an account, in the order in which it goes. */
const ownTables: readonly Table[] = [
  {
    name: 'own.sync_malformed',
    key: 'sync_id, record_key',
    where: 'sync_id IN (SELECT id FROM own.syncs WHERE account_id = ?)',
  },
  { name: 'own.syncs', key: 'id' },
  { name: 'own.gone_images', key: 'account_id, id' },
  { name: 'own.facts', key: 'account_id, image_id' },
];
const catalogueTables: readonly Table[] = [
  // The walks first: without them the images are not told of one by one.
  { name: 'main.walks', key: 'account_id' },
  { name: 'main.images', key: 'account_id, id' },
  { name: 'main.malformed', key: 'account_id, record_key' },
];

/**
 * Everything of an account goes: the account itself in the first turn, from which on nobody finds what was known of it,
 * then that, the user's own first. What a kill left of it is found by `eraseLeft`.
 */
export function* eraseAccount(database: Database, id: number): TimeSlices<undefined> {
  strike(database, id);
  yield;
  yield* eraseRows(database, [...ownTables, ...catalogueTables], id);
  // Those of an account that a kill, or a library from a backup, left without one go along.
  yield* eraseLeft(database, [...ownTables, ...catalogueTables]);
  return undefined;
}

/** What a kill left of accounts in the user's own file, and the catalogues of those. */
export function* eraseUnfinished(database: Database): TimeSlices<undefined> {
  yield* eraseLeft(database, ownTables);
  return undefined;
}

function* eraseLeft(database: Database, tables: readonly Table[]): TimeSlices<undefined> {
  for (const id of accountsLeft(database, tables)) {
    yield* eraseRows(database, [...ownTables, ...catalogueTables], id);
  }
  return undefined;
}

/** A reference from rows that go later must not take them along at once. */
function strike({ connection, transaction }: Database, id: number): void {
  connection.exec('PRAGMA foreign_keys = OFF');
  try {
    transaction(() => connection.prepare('DELETE FROM own.accounts WHERE id = ?').run(id));
  } finally {
    connection.exec('PRAGMA foreign_keys = ON');
  }
}

function* eraseRows(
  { connection, transaction }: Database,
  tables: readonly Table[],
  id: number,
): TimeSlices<undefined> {
  for (const { name, key, where = 'account_id = ?' } of tables) {
    const remove = connection.prepare(
      `DELETE FROM ${name} WHERE (${key}) IN (SELECT ${key} FROM ${name} WHERE ${where} LIMIT ${turnRows})`,
    );
    while (Number(transaction(() => remove.run(id)).changes) === turnRows) yield;
    yield;
  }
  return undefined;
}

/** Numbers that rows have and no account. Each step of the search jumps to the next number, however many rows there are. */
function accountsLeft({ connection }: Database, tables: readonly Table[]): readonly number[] {
  const found = new Set<number>();
  for (const { name, where } of tables) {
    if (where !== undefined) continue;
    const left = connection.prepare(
      `WITH RECURSIVE numbers (id) AS (
         SELECT min(account_id) FROM ${name} UNION ALL
         SELECT (SELECT min(account_id) FROM ${name} WHERE account_id > numbers.id) FROM numbers WHERE id IS NOT NULL)
       SELECT id FROM numbers WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM own.accounts)`,
    );
    for (const row of left.all()) found.add(Number(row['id']));
  }
  return [...found];
}
