import type { CatalogueImage, ImageKey } from '../../../domain/image/image.ts';
import { nameImage } from '../../../domain/files/names.ts';
import { asArrays, numberOrNull, textOrNull } from '../database/array-rows.ts';
import type { Database } from '../database/database.ts';
import { goneImages, joinFacts } from './image-rows.ts';
import { prepareNewestSyncs } from '../sync/newest-syncs.ts';
import { createNominalBytes } from './nominal-bytes.ts';
import { createRecentImages } from './recent-images.ts';

export type ImageReader = {
  /** Every image, gone ones too, by account and falling id; read as it is iterated, in flat memory. */
  all(): Iterable<CatalogueImage>;
  /** These, each at the place of its key; undefined where there is no such image any more. */
  at(keys: readonly ImageKey[]): (CatalogueImage | undefined)[];
  /** These, in this order, without those that are no more. */
  some(keys: readonly ImageKey[]): CatalogueImage[];
  /** The newest that are present, by falling id, and how many are: read in a moment, however many there are. */
  newest(limit: number): { readonly count: number; readonly keys: ImageKey[] };
  /** Another text whenever anyone, this process or another, may have changed what is read. */
  revision(): string;
};

const columns = `
  i.account_id, i.id, i.url, i.size_text, i.gone, i.last_seen,
  f.first_seen, f.first_sync, f.changed_sync, f.exact_bytes, f.sha256, f.width, f.height, f.type, f.animated,
  f.broken_code,
  (SELECT s.path FROM own.saved_files s WHERE s.account_id = i.account_id AND s.image_id = i.id AND s.replaced_at IS NULL
   ORDER BY s.verified_at DESC, s.id DESC LIMIT 1) AS saved_path`;

const present = 'SELECT account_id, id, url, size_text, 0 AS gone, NULL AS last_seen FROM main.images';

const gone = `SELECT g.account_id, g.id, g.url, g.size_text, 1 AS gone, g.last_seen FROM ${goneImages}`;

export function createImageReader(database: Database): ImageReader {
  const { connection } = database;
  const select = (source: string, more: string) => `SELECT ${columns} FROM (${source}) i ${joinFacts} ${more}`;
  const everyRow = [present, gone].map((source) => select(source, 'ORDER BY i.account_id, i.id DESC'));
  // One statement for all keys of an account: each by itself would take and leave the locks of both files.
  const [findPresent, findGone] = [present, gone].map((source) =>
    asArrays(
      connection.prepare(
        `SELECT j.key, ${columns} FROM json_each(?) j
         CROSS JOIN (${source}) i ON i.account_id = ? AND i.id = j.value ${joinFacts}`,
      ),
    ),
  );
  const revisions = ['PRAGMA main.data_version', 'PRAGMA own.data_version', 'SELECT total_changes()'].map((sql) =>
    asArrays(connection.prepare(sql)),
  );
  const revision = () => revisions.map((statement) => String(statement.get()?.[0])).join(':');
  const readContext = createContext(database);
  const toImage = createImageMaker();
  const recent = createRecentImages();
  let known: { readonly revision: string; readonly context: Context } | undefined;
  /** What was read before is as good while nobody wrote. */
  const current = (): Context => {
    const now = revision();
    if (known?.revision !== now) {
      recent.clear();
      known = { revision: now, context: readContext() };
    }
    return known.context;
  };
  const at = (keys: readonly ImageKey[]): (CatalogueImage | undefined)[] => {
    const context = current();
    const images = keys.map(recent.get);
    for (const find of [findPresent, findGone]) {
      for (const [accountId, { ids, places }] of byAccount(keys, images)) {
        for (const [index, ...row] of find?.all(JSON.stringify(ids), accountId) ?? []) {
          const image = toImage(row, context);
          images[places[Number(index)] ?? 0] = image;
          if (image !== undefined) recent.keep(image);
        }
      }
    }
    return images;
  };
  return {
    newest: createNewest(database),
    revision,
    *all() {
      const context = readContext();
      for (const sql of everyRow) {
        for (const row of asArrays(connection.prepare(sql)).iterate()) {
          const image = toImage(row, context);
          if (image !== undefined) yield image;
        }
      }
    },
    at,
    some: (keys) => at(keys).filter((image) => image !== undefined),
  };
}

type Open = { readonly ids: number[]; readonly places: number[] };

/** Of the keys those whose image is not found yet, and where it goes. */
function byAccount(keys: readonly ImageKey[], images: readonly (CatalogueImage | undefined)[]): Map<number, Open> {
  const accounts = new Map<number, Open>();
  for (const [place, { accountId, id }] of keys.entries()) {
    if (images[place] !== undefined) continue;
    const { ids, places } = accounts.get(accountId) ?? { ids: [], places: [] };
    accounts.set(accountId, { ids, places });
    ids.push(id);
    places.push(place);
  }
  return accounts;
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

/** What holds for the images of whole accounts. */
type Context = {
  /** Images of others are left out. */
  readonly accountNames: ReadonlyMap<number, string>;
  readonly newest: ReadonlySet<number>;
  /** When each account's list was last known to be whole. */
  readonly wholeAt: ReadonlyMap<number, number>;
};

function createContext({ connection }: Database): () => Context {
  const names = connection.prepare('SELECT id, name FROM own.accounts');
  const newest = prepareNewestSyncs(connection);
  const whole = connection.prepare(
    'SELECT account_id, max(ended_at) AS at FROM own.syncs WHERE complete = 1 GROUP BY account_id',
  );
  return () => ({
    accountNames: new Map(names.all().map((row) => [Number(row['id']), String(row['name'])])),
    newest: newest(),
    wholeAt: new Map(whole.all().map((row) => [Number(row['account_id']), Number(row['at'])])),
  });
}

function createImageMaker(): (row: readonly unknown[], context: Context) => CatalogueImage | undefined {
  const nominal = createNominalBytes();
  return (row, context) => {
    const name = context.accountNames.get(Number(row[0]));
    return name === undefined ? undefined : toImage(row, name, context, nominal(String(row[3])));
  };
}

function toImage(
  row: readonly unknown[],
  account: string,
  context: Context,
  nominalBytes: number | null,
): CatalogueImage {
  const [accountKey, image, url, sizeText, isGone, lastSeen, ...facts] = row;
  const [seen, firstSync, changedSync, exactBytes, hash, width, height, type, animated, brokenCode, savedPath] = facts;
  const accountId = Number(accountKey);
  const firstSeen = Number(seen ?? 0);
  return {
    id: Number(image),
    url: String(url),
    sizeText: String(sizeText),
    ...nameImage(String(url)),
    accountId,
    account,
    nominalBytes,
    exactBytes: numberOrNull(exactBytes),
    sha256: hash instanceof Uint8Array ? Buffer.from(hash).toString('hex') : null,
    width: numberOrNull(width),
    height: numberOrNull(height),
    type: textOrNull(type),
    animated: animated === null ? null : animated === 1,
    firstSeen,
    lastSeen: Math.max(firstSeen, numberOrNull(lastSeen) ?? context.wholeAt.get(accountId) ?? 0),
    gone: isGone === 1,
    isNew: context.newest.has(Number(firstSync)),
    isChanged: changedSync !== null,
    broken: brokenCode !== null,
    savedPath: textOrNull(savedPath),
    duplicate: false,
    tags: [],
    rating: null,
  };
}
