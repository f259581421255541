import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ImageKey, ImageNaming } from '../../../domain/image/image.ts';
import { nameImage } from '../../../domain/files/names.ts';
import { asArrays, numberOrNull, textOrNull } from '../database/array-rows.ts';
import { goneImages, joinFacts } from './image-rows.ts';
import { prepareNewestSyncs } from '../sync/newest-syncs.ts';
import { createNominalBytes } from './nominal-bytes.ts';

/** What of an image an index holds (domain/image/image.ts has the units). */
export type IndexRow = ImageKey &
  ImageNaming & {
    readonly exactBytes: number | null;
    readonly nominalBytes: number | null;
    readonly width: number | null;
    readonly height: number | null;
    readonly type: string | null;
    readonly animated: boolean | null;
    readonly firstSeen: number;
    readonly firstSync: number;
    readonly gone: boolean;
    readonly isChanged: boolean;
    readonly broken: boolean;
    readonly saved: boolean;
    readonly duplicate: boolean;
    readonly tags: readonly string[];
    readonly rating: number | null;
  };

/** One state of both files: equal places stand for equal content. */
export type CataloguePosition = { readonly main: ChangePosition; readonly own: ChangePosition };
export type ChangePosition = { readonly seq: number; readonly nonce: number };

/** Reads what an index is made of, on a connection of its own that can't write. */
export type IndexReader = {
  accountNames(): Map<number, string>;
  newestSyncs(): Set<number>;
  /** How many images there are, more or less. */
  estimate(): number;
  /** Every image once, all of one moment, and which that is. */
  load(take: (row: IndexRow) => void): CataloguePosition;
  /** The images that may have changed since then, as they are now; undefined where that is too long ago or another file. */
  since(
    place: CataloguePosition,
  ): { readonly place: CataloguePosition; readonly rows: readonly ChangedRow[] } | undefined;
  /** Another text after each commit of anyone else. */
  revision(): string;
  close(): void;
};

export type ChangedRow = { readonly key: ImageKey; readonly image: IndexRow | undefined };

const columns = `i.account_id, i.id, i.url, i.size_text, f.first_seen, f.first_sync, f.changed_sync,
  f.exact_bytes, f.width, f.height, f.type, f.animated, f.broken_code IS NOT NULL`;
const isSaved = `EXISTS (SELECT 1 FROM own.saved_files s
  WHERE s.account_id = i.account_id AND s.image_id = i.id AND s.replaced_at IS NULL)`;
const known = 'i.account_id IN (SELECT id FROM own.accounts)';
const present = 'SELECT account_id, id, url, size_text FROM main.images';
const gone = `SELECT g.account_id, g.id, g.url, g.size_text FROM ${goneImages}`;

const sources = [
  [present, false],
  [gone, true],
] as const;

export function openIndexReader(folder: string): IndexReader {
  const connection = new DatabaseSync(join(folder, 'catalogue.sqlite'), { readOnly: true, timeout: 10_000 });
  connection.prepare('ATTACH ? AS own').run(join(folder, 'library.sqlite'));
  connection.exec('PRAGMA main.cache_size = -2000; PRAGMA own.cache_size = -2000');
  const toRow = createRowMaker();
  const newestSyncs = prepareNewestSyncs(connection);
  const accounts = connection.prepare('SELECT id, name FROM own.accounts');
  const size = connection.prepare(
    'SELECT (SELECT coalesce(sum(present), 0) FROM main.walks) + (SELECT count(*) FROM own.gone_images)',
  );
  const versions = ['PRAGMA main.data_version', 'PRAGMA own.data_version'].map((sql) =>
    asArrays(connection.prepare(sql)),
  );
  const changes = createChangeReader(connection);
  const finds = sources.map(([source, isGone]) => {
    const where = `WHERE ${known} AND i.account_id = ? AND i.id = ?`;
    return {
      isGone,
      rows: asArrays(connection.prepare(`SELECT ${columns}, ${isSaved} FROM (${source}) i ${joinFacts} ${where}`)),
    };
  });
  const find = ({ accountId, id }: ImageKey): IndexRow | undefined => {
    for (const { isGone, rows } of finds) {
      const row = rows.get(accountId, id);
      if (row !== undefined) return toRow(row, isGone, row.at(-1) === 1);
    }
    return undefined;
  };
  return {
    accountNames: () => new Map(accounts.all().map((row) => [Number(row['id']), String(row['name'])])),
    newestSyncs,
    estimate: () => Number(asArrays(size).get()?.[0]),
    revision: () => versions.map((statement) => String(statement.get()?.[0])).join(':'),
    load: (take) =>
      atOneMoment(connection, () => {
        const order = 'ORDER BY i.account_id, i.id DESC';
        for (const [source, isGone] of sources) {
          const isSaved = createSavedWalk(connection);
          const rows = connection.prepare(`SELECT ${columns} FROM (${source}) i ${joinFacts} WHERE ${known} ${order}`);
          for (const row of asArrays(rows).iterate()) take(toRow(row, isGone, isSaved(Number(row[0]), Number(row[1]))));
        }
        return changes.place();
      }),
    since: (place) =>
      atOneMoment(connection, () => {
        const keys = changes.since(place);
        return keys && { place: changes.place(), rows: keys.map((key) => ({ key, image: find(key) })) };
      }),
    close: () => connection.close(),
  };
}

function atOneMoment<T>(connection: DatabaseSync, read: () => T): T {
  connection.exec('BEGIN');
  try {
    return read();
  } finally {
    connection.exec('COMMIT');
  }
}

function createChangeReader(connection: DatabaseSync) {
  const of = (schema: 'main' | 'own') => {
    const last = asArrays(connection.prepare(`SELECT seq, nonce FROM ${schema}.changes ORDER BY seq DESC LIMIT 1`));
    const at = asArrays(connection.prepare(`SELECT nonce FROM ${schema}.changes WHERE seq = ?`));
    const after = asArrays(
      connection.prepare(`SELECT DISTINCT account_id, image_id FROM ${schema}.changes WHERE seq > ?`),
    );
    return {
      place(): ChangePosition {
        const [seq, nonce] = last.get() ?? [];
        return { seq: Number(seq), nonce: Number(nonce) };
      },
      since({ seq, nonce }: ChangePosition): ImageKey[] | undefined {
        if (at.get(seq)?.[0] !== nonce) return undefined;
        return after.all(seq).map(([accountId, id]) => ({ accountId: Number(accountId), id: Number(id) }));
      },
    };
  };
  const main = of('main');
  const own = of('own');
  return {
    place: (): CataloguePosition => ({ main: main.place(), own: own.place() }),
    since(place: CataloguePosition): ImageKey[] | undefined {
      const [listed, known] = [main.since(place.main), own.since(place.own)];
      if (listed === undefined || known === undefined) return undefined;
      const keys = new Map([...listed, ...known].map((key) => [`${key.accountId}:${key.id}`, key]));
      return [...keys.values()];
    },
  };
}

/**
 * Whether an image is saved, for keys that come in the order of a load: the history is walked beside it, as asking of each
 * image by itself takes a second for a million.
 */
function createSavedWalk(connection: DatabaseSync): (accountId: number, id: number) => boolean {
  const saved = asArrays(
    connection.prepare(
      'SELECT account_id, image_id FROM own.saved_files WHERE replaced_at IS NULL ORDER BY account_id, image_id DESC',
    ),
  );
  const rows = saved.iterate()[Symbol.iterator]();
  let next = rows.next();
  return (accountId, id) => {
    for (; next.done !== true; next = rows.next()) {
      const [account, image] = next.value.map(Number);
      if (account === accountId && image === id) return true;
      if ((account ?? 0) > accountId || (account === accountId && (image ?? 0) < id)) return false;
    }
    return false;
  };
}

function createRowMaker(): (row: readonly unknown[], gone: boolean, saved: boolean) => IndexRow {
  const nominal = createNominalBytes();
  return (row, gone, saved) => {
    const [accountId, id, url, sizeText, firstSeen, firstSync, changedSync, ...measured] = row;
    const [exactBytes, width, height, type, animated, broken] = measured;
    return {
      accountId: Number(accountId),
      id: Number(id),
      ...nameImage(String(url)),
      exactBytes: numberOrNull(exactBytes),
      nominalBytes: nominal(String(sizeText)),
      width: numberOrNull(width),
      height: numberOrNull(height),
      type: textOrNull(type),
      animated: animated === null ? null : animated === 1,
      firstSeen: Number(firstSeen ?? 0),
      firstSync: Number(firstSync ?? 0),
      isChanged: changedSync !== null,
      broken: broken === 1,
      ...{ gone, saved, duplicate: false, tags: [], rating: null },
    };
  };
}
