import {
  transferStates,
  type ReasonCode,
  type Transfer,
  type TransferState,
} from '../../../domain/transfer/transfer.ts';
import type { Database } from '../database/database.ts';

export type TransferFilter = {
  readonly states?: readonly TransferState[];
  readonly offset: number;
  readonly limit: number;
};

/** Opens no transaction: a caller's own may hold it. */
export type TransferStore = {
  /** In the order of `seq`. */
  insert(transfer: Transfer): void;
  get(batchId: number, seq: number): Transfer | undefined;
  /** Writes whatever can change. */
  save(transfer: Transfer): void;
  /** The first of one state in the order of fetching, however many there are. */
  inState(batchId: number, state: TransferState, limit: number): Transfer[];
  /** In the order of the selection; of some states alone in the order of fetching. */
  list(batchId: number, filter: TransferFilter): Transfer[];
  /** Puts these before, or behind, all others of the batch, in the order given. */
  reorder(batchId: number, seqs: readonly number[], to: 'first' | 'last'): void;
};

const identity = 'batch_id, seq, position, account_id, image_id, url, size_text, name, path, beside_path, picture';
const changing = `note, state, attempt, reason_code, reason_message, can_retry, not_before, bytes, bytes_exact,
  validator, last_modified, sha256, type, final_path`;
const identityCount = 11;
const changingCount = 14;

export function createTransferStore({ connection }: Database): TransferStore {
  const insert = connection.prepare(
    `INSERT INTO own.transfers (${identity}, ${changing}) VALUES (${marks(identityCount + changingCount)})`,
  );
  const save = connection.prepare(
    `UPDATE own.transfers SET (${changing}) = (${marks(changingCount)}) WHERE batch_id = ? AND seq = ?`,
  );
  const one = connection.prepare('SELECT * FROM own.transfers WHERE batch_id = ? AND seq = ?');
  const first = connection.prepare(
    `SELECT * FROM own.transfers WHERE batch_id = ? AND state = ? ORDER BY position, seq LIMIT ?`,
  );
  const range = connection.prepare('SELECT * FROM own.transfers WHERE batch_id = ? AND seq >= ? ORDER BY seq LIMIT ?');
  const ends = connection.prepare(
    'SELECT min(position) AS first, max(position) AS last FROM own.transfers WHERE batch_id = ?',
  );
  const place = connection.prepare('UPDATE own.transfers SET position = ? WHERE batch_id = ? AND seq = ?');
  const counts = connection.prepare('SELECT state, files FROM own.transfer_counts WHERE batch_id = ? AND files > 0');
  return {
    insert(transfer) {
      const { batchId, seq, accountId, imageId, url, sizeText, name, path, besidePath } = transfer;
      const fixed = [batchId, seq, seq, accountId, imageId, url, sizeText, name, path, besidePath];
      insert.run(...fixed, Number(transfer.picture), ...changingValues(transfer));
    },
    get(batchId, seq) {
      const row = one.get(batchId, seq);
      return row === undefined ? undefined : toTransfer(row);
    },
    save: (transfer) => void save.run(...changingValues(transfer), transfer.batchId, transfer.seq),
    inState: (batchId, state, limit) => first.all(batchId, state, limit).map(toTransfer),
    list(batchId, { states, offset, limit }) {
      if (states === undefined) return range.all(batchId, offset, limit).map(toTransfer);
      const filled = counts.all(batchId).filter((row) => states.some((each) => each === row['state']));
      const total = filled.reduce((sum, row) => sum + Number(row['files']), 0);
      const length = Math.min(limit, total - offset);
      if (length <= 0) return [];
      // Behind the middle it is less to count from the end.
      const isBackwards = offset > total / 2;
      const passed = isBackwards ? total - offset - length : offset;
      const named = filled.map((row) => String(row['state']));
      const values = named.flatMap((each) => [batchId, each]);
      return connection
        .prepare(pageOfStates(named.length, isBackwards))
        .all(...values, length, passed)
        .map(toTransfer);
    },
    reorder(batchId, seqs, to) {
      const end = ends.get(batchId) ?? {};
      const from = to === 'first' ? Number(end['first']) - seqs.length : Number(end['last']) + 1;
      seqs.forEach((seq, index) => place.run(from + index, batchId, seq));
    },
  };
}

/** The index gives each state in order, and they are merged: nothing is sorted, and what is passed over is read from it alone. */
function pageOfStates(count: number, isBackwards: boolean): string {
  const ofState = 'SELECT batch_id, seq, position FROM own.transfers WHERE batch_id = ? AND state = ?';
  const all = Array.from({ length: count }, () => ofState).join(' UNION ALL ');
  const order = isBackwards ? 'position DESC, seq DESC' : 'position, seq';
  return `SELECT t.* FROM (${all} ORDER BY ${order} LIMIT ? OFFSET ?) page
    CROSS JOIN own.transfers t ON t.batch_id = page.batch_id AND t.seq = page.seq ORDER BY t.position, t.seq`;
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function changingValues(transfer: Transfer) {
  const { note, state, attempt, reason, notBefore, bytes, bytesExact, validator, lastModified, type } = transfer;
  const hash = transfer.sha256 === null ? null : Buffer.from(transfer.sha256, 'hex');
  const why = [reason?.code ?? null, reason?.message ?? null, Number(reason?.canRetry ?? false)];
  const known = [bytes, Number(bytesExact), validator, lastModified, hash, type, transfer.finalPath];
  return [note, state, attempt, ...why, notBefore, ...known];
}

function toTransfer(row: Record<string, unknown>): Transfer {
  const code = text(row['reason_code']);
  const state = transferStates.find((each) => each === row['state']);
  if (state === undefined) throw new Error(`The database holds the unknown state ${String(row['state'])}`);
  const hash = row['sha256'];
  return {
    batchId: Number(row['batch_id']),
    seq: Number(row['seq']),
    accountId: Number(row['account_id']),
    imageId: Number(row['image_id']),
    url: String(row['url']),
    sizeText: String(row['size_text']),
    name: String(row['name']),
    path: String(row['path']),
    besidePath: text(row['beside_path']),
    picture: row['picture'] === 1,
    note: text(row['note']),
    state,
    attempt: Number(row['attempt']),
    // Codes are only ever written by this program.
    reason:
      code === null
        ? null
        : { code: code as ReasonCode, message: String(row['reason_message']), canRetry: row['can_retry'] === 1 },
    notBefore: count(row['not_before']),
    bytes: count(row['bytes']),
    bytesExact: row['bytes_exact'] === 1,
    validator: text(row['validator']),
    lastModified: count(row['last_modified']),
    sha256: hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : null,
    type: text(row['type']),
    finalPath: text(row['final_path']),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
