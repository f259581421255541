import type { FailureCode } from '../../../domain/failure.ts';
import type { Walk } from '../../../domain/network/walk.ts';
import type { Database } from '../database/database.ts';

/** `running` is also what a sync that was killed looks like, until the next one of its account begins. */
export type SyncState = 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** One row of the journal. Times are ms since the epoch; `total` is the API's on the page read last. */
export type SyncRecord = {
  readonly id: number;
  readonly accountId: number;
  readonly walkId: number;
  readonly mode: Walk['mode'];
  readonly state: SyncState;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly calls: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly malformed: number;
  readonly total: number;
  /** Images that the catalogue held at the end; null while it runs, and in rows of earlier versions. */
  readonly present: number | null;
  readonly complete: boolean;
  readonly failure: { readonly code: string; readonly message: string } | null;
};

export type SyncEnd = {
  readonly state: Exclude<SyncState, 'running' | 'interrupted'>;
  readonly complete: boolean;
  readonly failure?: { readonly code: FailureCode; readonly message: string };
};

export type SyncStore = {
  /** `walkId` undefined: this sync begins a walk, which is named by it. */
  begin(accountId: number, mode: Walk['mode'], walkId: number | undefined, now: number): SyncRecord;
  /** Counted before the call is made: a killed process never under-reports, and a page's rows take its call with them. */
  countCall(id: number): void;
  /** `present`: images that the catalogue holds now. */
  end(id: number, end: SyncEnd, present: number, now: number): SyncRecord;
  get(id: number): SyncRecord | undefined;
  /** Newest first. */
  list(accountId: number | undefined, limit: number): SyncRecord[];
  malformed(syncId: number): { readonly page: number; readonly raw: string; readonly why: string }[];
  /** When the account's list was last known to be whole, in ms since the epoch. */
  lastWholeAt(accountId: number): number | undefined;
};

export function createSyncStore(database: Database): SyncStore {
  const { connection } = database;
  const insert = connection.prepare(
    `INSERT INTO own.syncs (account_id, walk_id, mode, state, started_at) VALUES (?, ?, ?, 'running', ?)`,
  );
  const interrupt = connection.prepare(
    "UPDATE own.syncs SET state = 'interrupted', ended_at = started_at WHERE account_id = ? AND state = 'running'",
  );
  const find = connection.prepare('SELECT * FROM own.syncs WHERE id = ?');
  const call = connection.prepare('UPDATE own.syncs SET calls = calls + 1 WHERE id = ?');
  const finish = connection.prepare(
    `UPDATE own.syncs SET state = ?, complete = ?, failure_code = ?, failure_message = ?, ended_at = ?, present = ?
     WHERE id = ?`,
  );
  const latest = connection.prepare(
    'SELECT * FROM own.syncs WHERE ?1 IS NULL OR account_id = ?1 ORDER BY id DESC LIMIT ?2',
  );
  const records = connection.prepare('SELECT page, raw, why FROM own.sync_malformed WHERE sync_id = ? ORDER BY page');
  const whole = connection.prepare('SELECT max(ended_at) AS at FROM own.syncs WHERE account_id = ? AND complete = 1');
  const get = (id: number) => {
    const row = find.get(id);
    return row === undefined ? undefined : toRecord(row);
  };
  const must = (id: number) => {
    const record = get(id);
    if (record === undefined) throw new Error(`Sync ${id} is not in the journal`);
    return record;
  };
  return {
    begin(accountId, mode, walkId, now) {
      interrupt.run(accountId);
      const id = Number(insert.run(accountId, walkId ?? 0, mode, now).lastInsertRowid);
      if (walkId === undefined) connection.prepare('UPDATE own.syncs SET walk_id = id WHERE id = ?').run(id);
      return must(id);
    },
    countCall: (id) => void database.lightTransaction(() => call.run(id)),
    end(id, end, present, now) {
      const { code = null, message = null } = end.failure ?? {};
      finish.run(end.state, end.complete ? 1 : 0, code, message, now, present, id);
      return must(id);
    },
    get,
    list: (accountId, limit) => latest.all(accountId ?? null, limit).map(toRecord),
    malformed: (syncId) =>
      records
        .all(syncId)
        .map((row) => ({ page: Number(row['page']), raw: String(row['raw']), why: String(row['why']) })),
    lastWholeAt(accountId) {
      const at = whole.get(accountId)?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
  };
}

const states: readonly SyncState[] = ['running', 'done', 'cancelled', 'failed', 'interrupted'];

function toRecord(row: Record<string, unknown>): SyncRecord {
  const code = row['failure_code'];
  return {
    id: Number(row['id']),
    accountId: Number(row['account_id']),
    walkId: Number(row['walk_id']),
    mode: row['mode'] === 'full' ? 'full' : 'incremental',
    state: states.find((state) => state === row['state']) ?? 'interrupted',
    startedAt: Number(row['started_at']),
    endedAt: row['ended_at'] === null ? null : Number(row['ended_at']),
    calls: Number(row['calls']),
    added: Number(row['added']),
    changed: Number(row['changed']),
    gone: Number(row['gone']),
    malformed: Number(row['malformed']),
    total: Number(row['total']),
    present: row['present'] === null ? null : Number(row['present']),
    complete: row['complete'] === 1,
    failure: typeof code === 'string' ? { code, message: String(row['failure_message']) } : null,
  };
}
