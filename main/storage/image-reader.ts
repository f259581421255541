import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import { nameImage } from '../domain/names.ts';
import { parseSize } from '../domain/size.ts';
import { asArrays, numberOrNull, textOrNull } from './array-rows.ts';
import type { Database } from './database.ts';
import { goneImages, joinFacts } from './image-rows.ts';
import { prepareNewestSyncs } from './newest-syncs.ts';

export type ImageReader = {
  /** Every image, gone ones too, by account and falling id; read as it is iterated, in flat memory. */
  all(): Iterable<CatalogueImage>;
  /** These, in this order, without those that are no more. */
  some(keys: readonly ImageKey[]): CatalogueImage[];
  /** The newest that are present, by falling id, and how many are: read in a moment, however many there are. */
  newest(limit: number): { readonly count: number; readonly keys: ImageKey[] };
  /** Another text whenever anyone, this process or another, may have changed what is read. */
  revision(): string;
};

const columns = `
  i.account_id, i.id, i.url, i.size_text, i.gone, i.last_seen, a.name AS account,
  f.first_seen, f.first_sync, f.changed_sync, f.exact_bytes, f.sha256, f.width, f.height, f.type, f.animated,
  f.broken_code,
  (SELECT s.path FROM own.saved_files s WHERE s.account_id = i.account_id AND s.image_id = i.id AND s.replaced_at IS NULL
   ORDER BY s.verified_at DESC, s.id DESC LIMIT 1) AS saved_path`;

const joins = `JOIN own.accounts a ON a.id = i.account_id ${joinFacts}`;

const present = 'SELECT account_id, id, url, size_text, 0 AS gone, NULL AS last_seen FROM main.images';

const gone = `SELECT g.account_id, g.id, g.url, g.size_text, 1 AS gone, g.last_seen FROM ${goneImages}`;

export function createImageReader(database: Database): ImageReader {
  const { connection } = database;
  const readTimes = createSyncTimes(database);
  const select = (source: string, more: string) => `SELECT ${columns} FROM (${source}) i ${joins} ${more}`;
  const everyRow = [present, gone].map((source) => select(source, 'ORDER BY i.account_id, i.id DESC'));
  // One statement for all keys: each by itself would take and leave the locks of both files.
  const [findPresent, findGone] = [present, gone].map((source) =>
    asArrays(
      connection.prepare(
        `SELECT j.key, ${columns} FROM json_each(?) j
         CROSS JOIN (${source}) i ON i.account_id = j.value ->> 0 AND i.id = j.value ->> 1 ${joins}`,
      ),
    ),
  );
  const revisions = ['PRAGMA main.data_version', 'PRAGMA own.data_version', 'SELECT total_changes()'].map((sql) =>
    connection.prepare(sql),
  );
  const newest = createNewest(database);
  return {
    newest,
    revision: () => revisions.map((statement) => Object.values(statement.get() ?? {}).join()).join(':'),
    *all() {
      const times = readTimes();
      for (const sql of everyRow) {
        for (const row of asArrays(connection.prepare(sql)).iterate()) yield toImage(row, times);
      }
    },
    some(keys) {
      const times = readTimes();
      const images: (CatalogueImage | undefined)[] = keys.map(() => undefined);
      for (const find of [findPresent, findGone]) {
        const open = keys.flatMap(({ accountId, id }, index) =>
          images[index] ? [] : [{ index, key: [accountId, id] }],
        );
        if (open.length === 0) break;
        for (const [at, ...row] of find?.all(JSON.stringify(open.map(({ key }) => key))) ?? []) {
          images[open[Number(at)]?.index ?? 0] = toImage(row, times);
        }
      }
      return images.filter((image) => image !== undefined);
    },
  };
}

function createNewest({ connection }: Database): ImageReader['newest'] {
  const accounts = asArrays(
    connection.prepare('SELECT account_id, present FROM main.walks WHERE account_id IN (SELECT id FROM own.accounts)'),
  );
  const ids = asArrays(connection.prepare('SELECT id FROM main.images WHERE account_id = ? ORDER BY id DESC LIMIT ?'));
  return (limit) => {
    const known = accounts.all().map(([id, present]) => ({ accountId: Number(id), present: Number(present) }));
    const keys = known.flatMap(({ accountId }) =>
      ids.all(accountId, limit).map(([id]) => ({ accountId, id: Number(id) })),
    );
    keys.sort((one, other) => other.id - one.id || one.accountId - other.accountId);
    return { count: known.reduce((sum, { present }) => sum + present, 0), keys: keys.slice(0, limit) };
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

function toImage(row: readonly unknown[], times: SyncTimes): CatalogueImage {
  const [account, image, url, sizeText, isGone, lastSeen, accountName, ...facts] = row;
  const [seen, firstSync, changedSync, exactBytes, hash, width, height, type, animated, brokenCode, savedPath] = facts;
  const accountId = Number(account);
  const firstSeen = Number(seen ?? 0);
  return {
    id: Number(image),
    url: String(url),
    sizeText: String(sizeText),
    ...nameImage(String(url)),
    accountId,
    account: String(accountName),
    nominalBytes: parseSize(String(sizeText))?.nominalBytes ?? null,
    exactBytes: numberOrNull(exactBytes),
    sha256: hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : null,
    width: numberOrNull(width),
    height: numberOrNull(height),
    type: textOrNull(type),
    animated: animated === null ? null : animated === 1,
    firstSeen,
    lastSeen: Math.max(firstSeen, numberOrNull(lastSeen) ?? times.wholeAt.get(accountId) ?? 0),
    gone: isGone === 1,
    isNew: times.newest.has(Number(firstSync)),
    isChanged: changedSync !== null,
    broken: brokenCode !== null,
    savedPath: textOrNull(savedPath),
    duplicate: false,
    tags: [],
    rating: null,
  };
}
