import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import { openDatabase } from '../../../main/adapters/storage/database/open.ts';

type Row = Readonly<Record<string, unknown>>;

/** The contents of a data folder, without what differs between runs: times, ids of syncs and batches, the folder. */
export type DataSnapshot = {
  readonly accounts: readonly Row[];
  readonly images: readonly Row[];
  readonly walks: readonly Row[];
  readonly malformed: readonly Row[];
  /** Sums over the journal. */
  readonly journal: Row;
  readonly batches: readonly Row[];
  readonly transfers: readonly Row[];
  readonly savedFiles: readonly Row[];
};

/** The state of the journal and the queue after a kill. */
export type LeftBehind = {
  readonly syncs: readonly Row[];
  /** A walk is unfinished, and the next sync continues it. */
  readonly isWalking: boolean;
  readonly batches: readonly Row[];
  /** The state of the newest batch. */
  readonly batchState: string;
  /** The ids of images whose transfers are done or skipped. */
  readonly settledIds: readonly number[];
};

/** Opens a copy of a data folder as the next start would, and runs SQLite's own checks; the original is untouched. */
export function withCopyOf<T>(home: string, read: (connection: DatabaseSync, images: () => Row[]) => T): T {
  const copy = mkdtempSync(join(tmpdir(), 'contact-sheet-copy-'));
  try {
    cpSync(home, copy, { recursive: true, filter: (path) => !path.includes(`${sep}locks`) });
    const opened = openDatabase(copy, Date.now);
    if (!opened.ok) throw new Error(opened.error.message);
    const database = opened.value;
    try {
      if (database.notices.length > 0) throw new Error(database.notices.join(' '));
      checkInvariants(database.connection);
      const reader = createImageReader(database);
      return read(database.connection, () => [...reader.all()].map(withoutTimes));
    } finally {
      database.connection.close();
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

export function dataSnapshot(home: string, destination: string): DataSnapshot {
  return withCopyOf(home, (connection, images) => {
    const rows = (sql: string): Row[] => connection.prepare(sql).all();
    const withRelativePath = (row: Row): Row => ({ ...row, path: String(row['path']).replace(destination, '') });
    return {
      accounts: rows('SELECT name, origin, user_id, vault, removed_at FROM own.accounts ORDER BY id'),
      images: images().map((row) => ({ ...row, savedPath: String(row['savedPath']).replace(destination, '') })),
      walks: rows('SELECT account_id, present, malformed, checkpoint, outcome FROM main.walks'),
      malformed: rows('SELECT record_key, raw, why FROM main.malformed ORDER BY record_key'),
      journal:
        rows(
          `SELECT sum(added) AS added, sum(changed) AS changed, sum(gone) AS gone, max(complete) AS complete,
         sum(state = 'running') AS running FROM own.syncs`,
        )[0] ?? {},
      batches: rows('SELECT query, template, policy, state, stop_code FROM own.batches ORDER BY id'),
      transfers: rows(
        `SELECT seq, image_id, url, path, beside_path, note, state, reason_code, bytes, bytes_exact, validator,
         hex(sha256) AS sha256, type, final_path FROM own.transfers ORDER BY seq`,
      ),
      savedFiles: rows(
        `SELECT path, image_id, name, url, size_text, bytes, hex(sha256) AS sha256, type, note, replaced_at IS NULL AS stands
         FROM own.saved_files ORDER BY path, image_id`,
      ).map(withRelativePath),
    };
  });
}

export function leftBehind(home: string): LeftBehind {
  return withCopyOf(home, (connection) => ({
    syncs: connection.prepare('SELECT id, state, calls, added FROM own.syncs ORDER BY id').all(),
    isWalking: connection.prepare("SELECT 1 FROM main.walks WHERE checkpoint ->> 'kind' = 'walk'").get() !== undefined,
    batches: connection.prepare('SELECT id, state, finished_at FROM own.batches ORDER BY id').all(),
    batchState: newestState(connection),
    settledIds: connection
      .prepare("SELECT image_id FROM own.transfers WHERE state IN ('done', 'skipped')")
      .all()
      .map((row) => Number(row['image_id'])),
  }));
}

function newestState(connection: DatabaseSync): string {
  const state = connection.prepare('SELECT state FROM own.batches ORDER BY id DESC LIMIT 1').get()?.['state'];
  return typeof state === 'string' ? state : 'no batch';
}

function withoutTimes({ firstSeen, ...image }: { readonly firstSeen: number; readonly lastSeen: number }): Row {
  return { ...image, lastSeen: undefined, firstSeen: firstSeen > 0 };
}

/** Checks the invariants of the rows that hold at any time. */
function checkInvariants(connection: DatabaseSync): void {
  for (const schema of ['main', 'own']) {
    const answer = connection.prepare(`PRAGMA ${schema}.integrity_check`).get()?.['integrity_check'];
    if (answer !== 'ok') throw new Error(`${schema}: ${String(answer)}`);
    const orphan = connection.prepare(`PRAGMA ${schema}.foreign_key_check`).get();
    if (orphan !== undefined) throw new Error(`A row without its parent: ${JSON.stringify(orphan)}`);
  }
  const wrong = [
    ...connection.prepare(wrongCounts).all(),
    ...connection.prepare(wrongTransferCounts).all(),
    ...connection.prepare(unexplained).all(),
  ];
  if (wrong.length > 0) throw new Error(`Counts or facts that equal no rows: ${JSON.stringify(wrong)}`);
}

const wrongCounts = `SELECT * FROM main.walks w WHERE
  present <> (SELECT count(*) FROM main.images i WHERE i.account_id = w.account_id) OR
  malformed <> (SELECT count(*) FROM main.malformed m WHERE m.account_id = w.account_id)`;

const wrongTransferCounts = `SELECT batch_id, state, files, bytes, inexact FROM own.transfer_counts WHERE files > 0
  EXCEPT SELECT batch_id, state, count(*), sum(coalesce(bytes, 0)), sum(1 - bytes_exact) FROM own.transfers
  GROUP BY batch_id, state`;

/** Finds images without facts (their first sighting), and finished files without a history entry. */
const unexplained = `SELECT i.id FROM main.images i LEFT JOIN own.facts f ON f.account_id = i.account_id AND f.image_id = i.id
  WHERE f.image_id IS NULL
  UNION ALL SELECT t.image_id FROM own.transfers t JOIN own.batches b ON b.id = t.batch_id
  WHERE t.state = 'done' AND b.state <> 'preparing' AND NOT EXISTS
    (SELECT 1 FROM own.saved_files s WHERE s.account_id = t.account_id AND s.image_id = t.image_id)`;
