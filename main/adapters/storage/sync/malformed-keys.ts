import { createHash } from 'node:crypto';
import type { Database } from '../database/database.ts';

/** A record of a page that could not be read, as it came. `id` where it had a usable one. */
export type MalformedRecord = { readonly id: number | null; readonly raw: string; readonly why: string };

export type KeyedRecord = readonly [key: string, record: MalformedRecord];

/**
 * Names the malformed records of a page so that each is known again. One with an id goes by that. Of those with the
 * same text, one on another page of this sync is another record, and one on the same page read again is the same.
 */
export function createMalformedKeys({ connection }: Database) {
  const find = connection.prepare(
    'SELECT record_key, page FROM own.sync_malformed WHERE sync_id = ? AND record_key > ? AND record_key < ?',
  );
  const readTaken = (syncId: number, page: number, prefix: string) => {
    const rows = find.all(syncId, `${prefix}:`, `${prefix};`);
    return {
      count: rows.length,
      here: rows.filter((row) => row['page'] === page).map((row) => String(row['record_key'])),
    };
  };
  return (syncId: number, page: number, records: readonly MalformedRecord[]): KeyedRecord[] => {
    const taken = new Map<string, { count: number; readonly here: string[] }>();
    const times = new Map<number, number>();
    return records.map((record) => {
      if (record.id !== null) {
        const time = (times.get(record.id) ?? 0) + 1;
        times.set(record.id, time);
        return [time === 1 ? `id:${record.id}` : `id:${record.id}:${time}`, record];
      }
      const prefix = `text:${createHash('sha256').update(record.raw).digest('hex').slice(0, 24)}`;
      const known = taken.get(prefix) ?? readTaken(syncId, page, prefix);
      taken.set(prefix, known);
      return [known.here.shift() ?? `${prefix}:${(known.count += 1)}`, record];
    });
  };
}
