import {
  batchStates,
  conflictPolicies,
  type Batch,
  type BatchOptions,
  type BatchState,
  type StateCount,
  type StateCounts,
} from '../../../domain/transfer/batch.ts';
import { mendable, transferStates, type TransferState } from '../../../domain/transfer/transfer.ts';
import type { Database } from '../database/database.ts';

export type NewBatch = Omit<Batch, 'id' | 'state' | 'stop' | 'finishedAt' | 'files'>;
export type BatchStop = { readonly code: string; readonly message: string };

/** Opens no transaction: a caller's own may hold it. */
export type BatchStore = {
  /** A batch in state `preparing`; returns its id. */
  insert(batch: NewBatch): number;
  get(id: number): Batch | undefined;
  /** Newest first. */
  list(range: { readonly offset: number; readonly limit: number }): Batch[];
  /** Not finished and not cancelled, oldest first. */
  unfinished(): Batch[];
  /** `finishedAt` is when it finished or was cancelled; null while it may go on. */
  setState(id: number, state: BatchState, stop: BatchStop | null, finishedAt: number | null): void;
  setOptions(id: number, options: BatchOptions): void;
  setFiles(id: number, files: number): void;
  /** Costs a row a state, however many transfers there are. */
  counts(id: number): StateCounts;
  /** Transfers that failed and that a retry can help. */
  retryable(id: number): number;
  /** Removes at most `limit` of its transfers, and the batch with the last of them; true once it is gone. */
  remove(id: number, limit: number): boolean;
  /** Finished and cancelled ones. */
  over(): number[];
  /** Those with transfers that failed. */
  withFailed(): number[];
};

export function createBatchStore({ connection }: Database): BatchStore {
  const insert = connection.prepare(
    `INSERT INTO own.batches (uid, created_at, query, selection, destination, template, policy, options, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'preparing')`,
  );
  const one = connection.prepare('SELECT * FROM own.batches WHERE id = ?');
  const page = connection.prepare('SELECT * FROM own.batches ORDER BY id DESC LIMIT ? OFFSET ?');
  // Also one that a kill caught between being finished and being taken up again.
  const open = connection.prepare(
    `SELECT * FROM own.batches WHERE finished_at IS NULL OR id IN
       (SELECT batch_id FROM own.transfer_counts WHERE files > 0 AND state IN ('queued', 'active', 'waiting', 'verifying'))
     ORDER BY id`,
  );
  const state = connection.prepare(
    'UPDATE own.batches SET state = ?, stop_code = ?, stop_message = ?, finished_at = ? WHERE id = ?',
  );
  const options = connection.prepare('UPDATE own.batches SET options = ? WHERE id = ?');
  const files = connection.prepare('UPDATE own.batches SET files = ? WHERE id = ?');
  // Lengths that a server invents may add up to more than an exact number holds.
  const counts = connection.prepare(
    'SELECT state, files, CAST(bytes AS REAL) AS bytes, inexact FROM own.transfer_counts WHERE batch_id = ?',
  );
  const retryable = connection.prepare(
    `SELECT count(*) AS files FROM own.transfers WHERE batch_id = ? AND state = 'failed'
       AND (can_retry = 1 OR reason_code IN (${mendable.map(() => '?').join(', ')}))`,
  );
  const empty = connection.prepare(
    `DELETE FROM own.transfers WHERE batch_id = ? AND seq IN
       (SELECT seq FROM own.transfers WHERE batch_id = ? LIMIT ?)`,
  );
  const over = connection.prepare('SELECT id FROM own.batches WHERE finished_at IS NOT NULL ORDER BY id');
  const failed = connection.prepare(
    "SELECT batch_id FROM own.transfer_counts WHERE state = 'failed' AND files > 0 ORDER BY batch_id",
  );
  const remove = connection.prepare('DELETE FROM own.batches WHERE id = ?');
  return {
    insert({ uid, createdAt, query, selection, destination, template, policy, options }) {
      const what = [query, selection, destination, template, policy];
      const written = insert.run(uid, createdAt, ...what, JSON.stringify(options));
      return Number(written.lastInsertRowid);
    },
    get(id) {
      const row = one.get(id);
      return row === undefined ? undefined : toBatch(row);
    },
    list: ({ offset, limit }) => page.all(limit, offset).map(toBatch),
    unfinished: () => open.all().map(toBatch),
    setState: (id, next, stop, finishedAt) =>
      void state.run(next, stop?.code ?? null, stop?.message ?? null, finishedAt, id),
    setFiles: (id, count) => void files.run(count, id),
    setOptions: (id, next) => void options.run(JSON.stringify(next), id),
    counts: (id) => toCounts(counts.all(id)),
    retryable: (id) => Number(retryable.get(id, ...mendable)?.['files']),
    remove(id, limit) {
      const removed = Number(empty.run(id, id, limit).changes);
      if (removed < limit) remove.run(id);
      return removed < limit;
    },
    withFailed: () => failed.all().map((row) => Number(row['batch_id'])),
    over: () => over.all().map((row) => Number(row['id'])),
  };
}

function toCounts(rows: readonly Record<string, unknown>[]): StateCounts {
  const none: StateCount = { files: 0, bytes: 0, inexact: 0 };
  const found = new Map(
    rows.map((row) => [
      String(row['state']),
      { files: Number(row['files']), bytes: Number(row['bytes']), inexact: Number(row['inexact']) },
    ]),
  );
  const entries = transferStates.map((state): [TransferState, StateCount] => [state, found.get(state) ?? none]);
  return Object.fromEntries(entries) as StateCounts;
}

function toBatch(row: Record<string, unknown>): Batch {
  const stopCode = row['stop_code'];
  return {
    id: Number(row['id']),
    uid: String(row['uid']),
    createdAt: Number(row['created_at']),
    query: String(row['query']),
    selection: typeof row['selection'] === 'string' ? row['selection'] : null,
    destination: String(row['destination']),
    template: String(row['template']),
    policy: oneOf(conflictPolicies, row['policy']),
    options: toOptions(String(row['options'])),
    state: oneOf(batchStates, row['state']),
    stop: typeof stopCode === 'string' ? { code: stopCode, message: String(row['stop_message']) } : null,
    finishedAt: row['finished_at'] === null ? null : Number(row['finished_at']),
    files: row['files'] === null ? null : Number(row['files']),
  };
}

/** Options that an older version did not know take what it did. */
function toOptions(text: string): BatchOptions {
  const unset = { includeOther: false, manifest: false, concurrency: null, limitRate: null };
  return { ...unset, ...(JSON.parse(text) as Partial<BatchOptions>) };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`The database holds the unknown word ${String(value)}`);
  return found;
}
