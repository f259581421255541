import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import { nameImage } from '../domain/names.ts';
import { parseSize } from '../domain/size.ts';
import type { Database } from './database.ts';
import { prepareNewestSyncs } from './newest-syncs.ts';

export type ImageReader = {
  /** Every image, gone ones too, by account and falling id; read as it is iterated, in flat memory. */
  all(): Iterable<CatalogueImage>;
  /** These, in this order, without those that are no more. */
  some(keys: readonly ImageKey[]): CatalogueImage[];
  /** Another text whenever anyone, this process or another, may have changed what is read. */
  revision(): string;
};

const columns = `
  i.account_id, i.id, i.url, i.size_text, i.gone, i.last_seen, a.name AS account,
  f.first_seen, f.first_sync, f.changed_sync, f.exact_bytes, f.sha256, f.width, f.height, f.type, f.animated,
  f.broken_code,
  (SELECT s.path FROM own.saved_files s WHERE s.account_id = i.account_id AND s.image_id = i.id AND s.replaced_at IS NULL
   ORDER BY s.verified_at DESC, s.id DESC LIMIT 1) AS saved_path`;

const joins = `
  JOIN own.accounts a ON a.id = i.account_id
  LEFT JOIN own.facts f ON f.account_id = i.account_id AND f.image_id = i.id`;

const present = 'SELECT account_id, id, url, size_text, 0 AS gone, NULL AS last_seen FROM main.images';

/** Gone images that the API lists again count as present, whichever of the two files was written first. */
const gone = `SELECT g.account_id, g.id, g.url, g.size_text, 1 AS gone, g.last_seen FROM own.gone_images g
  WHERE NOT EXISTS (SELECT 1 FROM main.images m WHERE m.account_id = g.account_id AND m.id = g.id)`;

export function createImageReader(database: Database): ImageReader {
  const { connection } = database;
  const select = (source: string, where = '') => `SELECT ${columns} FROM (${source}) i ${joins} ${where}`;
  const byKey = 'WHERE i.account_id = ? AND i.id = ?';
  const [findPresent, findGone] = [present, gone].map((source) => connection.prepare(select(source, byKey)));
  const readTimes = createSyncTimes(database);
  const revisions = ['PRAGMA main.data_version', 'PRAGMA own.data_version', 'SELECT total_changes()'].map((sql) =>
    connection.prepare(sql),
  );
  return {
    revision: () => revisions.map((statement) => Object.values(statement.get() ?? {}).join()).join(':'),
    *all() {
      const times = readTimes();
      for (const source of [present, gone]) {
        const rows = connection.prepare(select(source, 'ORDER BY i.account_id, i.id DESC')).iterate();
        for (const row of rows) yield toImage(row, times);
      }
    },
    some(keys) {
      const times = readTimes();
      return keys.flatMap(({ accountId, id }) => {
        const row = findPresent?.get(accountId, id) ?? findGone?.get(accountId, id);
        return row === undefined ? [] : [toImage(row, times)];
      });
    },
  };
}

type SyncTimes = {
  readonly newest: ReadonlySet<number>;
  /** When each account's list was last known to be whole. */
  readonly wholeAt: ReadonlyMap<number, number>;
};

function createSyncTimes({ connection }: Database): () => SyncTimes {
  const newest = prepareNewestSyncs(connection);
  const whole = connection.prepare(
    'SELECT account_id, max(ended_at) AS at FROM own.syncs WHERE complete = 1 GROUP BY account_id',
  );
  return () => ({
    newest: newest(),
    wholeAt: new Map(whole.all().map((row) => [Number(row['account_id']), Number(row['at'])])),
  });
}

function toImage(row: Record<string, unknown>, times: SyncTimes): CatalogueImage {
  const url = String(row['url']);
  const sizeText = String(row['size_text']);
  const accountId = Number(row['account_id']);
  const firstSeen = Number(row['first_seen'] ?? 0);
  const hash = row['sha256'];
  return {
    id: Number(row['id']),
    url,
    sizeText,
    ...nameImage(url),
    accountId,
    account: String(row['account']),
    nominalBytes: parseSize(sizeText)?.nominalBytes ?? null,
    exactBytes: numberOrNull(row['exact_bytes']),
    sha256: hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : null,
    width: numberOrNull(row['width']),
    height: numberOrNull(row['height']),
    type: textOrNull(row['type']),
    animated: row['animated'] === null ? null : row['animated'] === 1,
    firstSeen,
    lastSeen: Math.max(firstSeen, numberOrNull(row['last_seen']) ?? times.wholeAt.get(accountId) ?? 0),
    gone: row['gone'] === 1,
    isNew: times.newest.has(Number(row['first_sync'])),
    isChanged: row['changed_sync'] !== null,
    broken: row['broken_code'] !== null,
    savedPath: textOrNull(row['saved_path']),
    duplicate: false,
    tags: [],
    rating: null,
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
