import type { Database } from '../database/database.ts';

/** One image's file as it was written, or found standing. Times are ms since the epoch; `path` is absolute. */
export type SavedFile = {
  readonly path: string;
  readonly accountId: number;
  readonly imageId: number;
  readonly batchId: number;
  readonly name: string;
  readonly url: string;
  readonly sizeText: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly type: string | null;
  readonly note: string | null;
  readonly savedAt: number;
  readonly verifiedAt: number;
  /** When another content was saved at the path. */
  readonly replacedAt: number | null;
};

/** The history of downloads. Opens no transaction: a caller's own may hold it. */
export type SavedFileStore = {
  /** The image's newest record at that path, and the end of what else was known to stand there with another content. */
  record(file: Omit<SavedFile, 'replacedAt'>): void;
  /** What was saved of one image and not replaced, the newest first. */
  ofImage(accountId: number, imageId: number): SavedFile[];
  /** What was saved at the path and not replaced: of several images where they have the same content. */
  at(path: string): SavedFile[];
  /**
   * What was saved, and not replaced, at paths that begin with `prefix` (a folder with its separator), by path, image by image, of one batch
   * where it is named; from the one behind `after` on.
   */
  below(prefix: string, after: SavedFile | null, limit: number, batchId?: number): SavedFile[];
  /** The image's file at the path was found as it was written, for this batch. */
  confirm(path: string, accountId: number, imageId: number, batchId: number, now: number): void;
  /** What stands at the path was found as it was written. */
  markVerified(path: string, now: number): void;
  /** Newest first; `text` is looked for in names and paths, the case of ASCII letters ignored. */
  list(filter: { readonly text: string; readonly offset: number; readonly limit: number }): SavedFile[];
  count(): number;
  /** Forgets at most `limit` records of batches that are over; returns how many there were. */
  forget(limit: number): number;
};

export function createSavedFileStore({ connection }: Database): SavedFileStore {
  const replaced = connection.prepare(
    'UPDATE own.saved_files SET replaced_at = ? WHERE path = ? AND sha256 <> ? AND replaced_at IS NULL',
  );
  const record = connection.prepare(
    `INSERT INTO own.saved_files
       (path, account_id, image_id, batch_id, name, url, size_text, bytes, sha256, type, note, saved_at, verified_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET batch_id = excluded.batch_id, name = excluded.name, url = excluded.url,
       size_text = excluded.size_text, bytes = excluded.bytes, sha256 = excluded.sha256, type = excluded.type,
       note = excluded.note, saved_at = excluded.saved_at, verified_at = excluded.verified_at, replaced_at = NULL`,
  );
  const ofImage = connection.prepare(
    `SELECT * FROM own.saved_files WHERE account_id = ? AND image_id = ? AND replaced_at IS NULL
     ORDER BY verified_at DESC, id DESC`,
  );
  const at = connection.prepare('SELECT * FROM own.saved_files WHERE path = ? AND replaced_at IS NULL');
  const below = connection.prepare(
    `SELECT * FROM own.saved_files
     WHERE (path, account_id, image_id) > (?1, ?2, ?3) AND path < ?4 AND replaced_at IS NULL AND (?5 IS NULL OR batch_id = ?5)
     ORDER BY path, account_id, image_id LIMIT ?6`,
  );
  const verified = connection.prepare(
    'UPDATE own.saved_files SET verified_at = ? WHERE path = ? AND replaced_at IS NULL',
  );
  const list = connection.prepare(
    `SELECT * FROM own.saved_files WHERE ?1 = '' OR instr(lower(path || ' ' || name), lower(?1)) > 0
     ORDER BY id DESC LIMIT ?2 OFFSET ?3`,
  );
  const confirm = connection.prepare(
    'UPDATE own.saved_files SET batch_id = ?, verified_at = ? WHERE path = ? AND account_id = ? AND image_id = ?',
  );
  const forget = connection.prepare(
    `DELETE FROM own.saved_files WHERE id IN (SELECT id FROM own.saved_files
       WHERE batch_id NOT IN (SELECT id FROM own.batches WHERE finished_at IS NULL) LIMIT ?)`,
  );
  return {
    confirm: (path, accountId, imageId, batchId, now) => void confirm.run(batchId, now, path, accountId, imageId),
    record(file) {
      const hash = Buffer.from(file.sha256, 'hex');
      replaced.run(file.savedAt, file.path, hash);
      const { path, accountId, imageId, batchId, name, url, sizeText, bytes, type, note } = file;
      const image = [path, accountId, imageId, batchId, name, url, sizeText];
      record.run(...image, bytes, hash, type, note, file.savedAt, file.verifiedAt);
    },
    ofImage: (accountId, imageId) => ofImage.all(accountId, imageId).map(toSavedFile),
    at: (path) => at.all(path).map(toSavedFile),
    below(prefix, after, limit, batchId) {
      const end = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
      const from = [after?.path ?? prefix, after?.accountId ?? 0, after?.imageId ?? 0];
      return below.all(...from, end, batchId ?? null, limit).map(toSavedFile);
    },
    markVerified: (path, now) => void verified.run(now, path),
    list: ({ text, offset, limit }) => list.all(text, limit, offset).map(toSavedFile),
    count: () => Number(connection.prepare('SELECT count(*) AS n FROM own.saved_files').get()?.['n']),
    forget: (limit) => Number(forget.run(limit).changes),
  };
}

function toSavedFile(row: Record<string, unknown>): SavedFile {
  const type = row['type'];
  const note = row['note'];
  return {
    path: String(row['path']),
    accountId: Number(row['account_id']),
    imageId: Number(row['image_id']),
    batchId: Number(row['batch_id']),
    name: String(row['name']),
    url: String(row['url']),
    sizeText: String(row['size_text']),
    bytes: Number(row['bytes']),
    sha256: Buffer.from(row['sha256'] as Uint8Array).toString('hex'),
    type: typeof type === 'string' ? type : null,
    note: typeof note === 'string' ? note : null,
    savedAt: Number(row['saved_at']),
    verifiedAt: Number(row['verified_at']),
    replacedAt: row['replaced_at'] === null ? null : Number(row['replaced_at']),
  };
}
