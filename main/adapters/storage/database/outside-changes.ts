import { asArrays } from './array-rows.ts';
import type { Database } from './database.ts';

/** The parts of the library that another process changed. */
export type OutsideChange = 'accounts' | 'catalogue' | 'images' | 'journal' | 'batches';

export type OutsideChanges = {
  /**
   * Reads which parts changed since the last call, if another process committed in between; nothing but two numbers is
   * read if none did. What this process changed in the meantime may be among them.
   */
  poll(): readonly OutsideChange[];
};

const newest = 50;

/** Each part as a text that is another one after a change. */
const fingerprints: Readonly<Record<OutsideChange, string>> = {
  accounts: `SELECT json_group_array(json_array(id, uid, name, colour, vault, removed_at)) FROM own.accounts`,
  catalogue: 'SELECT max(seq) FROM main.changes',
  images: 'SELECT max(seq) FROM own.changes',
  journal: `SELECT json_group_array(json_array(id, state, calls, added, changed, gone, malformed, total, complete))
    FROM (SELECT * FROM own.syncs ORDER BY id DESC LIMIT ${newest})`,
  batches: `SELECT json_array(
    (SELECT json_group_array(json_array(id, state, stop_code, finished_at))
      FROM (SELECT * FROM own.batches ORDER BY id DESC LIMIT ${newest})),
    (SELECT json_group_array(json_array(batch_id, state, files, bytes)) FROM own.transfer_counts WHERE batch_id IN
      (SELECT id FROM own.batches ORDER BY id DESC LIMIT ${newest})),
    (SELECT count(*) FROM own.batches))`,
};

export function createOutsideChanges({ connection }: Database): OutsideChanges {
  const versions = ['PRAGMA main.data_version', 'PRAGMA own.data_version'].map((sql) =>
    asArrays(connection.prepare(sql)),
  );
  const parts = (Object.keys(fingerprints) as OutsideChange[]).map((part) => ({
    part,
    statement: asArrays(connection.prepare(fingerprints[part])),
  }));
  const known = new Map<OutsideChange, unknown>();
  let seen: string | undefined;
  return {
    poll() {
      // Another number after each commit of another connection, and after none of this one's.
      const version = versions.map((statement) => String(statement.get()?.[0])).join(':');
      if (version === seen) return [];
      const isFirst = seen === undefined;
      seen = version;
      const changed = parts.flatMap(({ part, statement }) => {
        const before = known.get(part);
        const now = statement.get()?.[0];
        known.set(part, now);
        return now === before ? [] : part;
      });
      return isFirst ? [] : changed;
    },
  };
}
