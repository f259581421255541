import type { ListedImage } from '../../../domain/image/image.ts';
import type { Outcome, PageFacts, Walk } from '../../../domain/network/walk.ts';
import { asArrays } from '../database/array-rows.ts';
import type { Database } from '../database/database.ts';
import { createMalformedKeys, type KeyedRecord, type MalformedRecord } from './malformed-keys.ts';

export type SavedPage = {
  readonly accountId: number;
  readonly syncId: number;
  readonly walk: Walk;
  readonly page: number;
  readonly perPage: number;
  readonly totalItems: number;
  readonly hasMore: boolean;
  readonly images: readonly ListedImage[];
  readonly malformed: readonly MalformedRecord[];
};

export type PageChange = { readonly added: number; readonly changed: number; readonly facts: PageFacts };

export type Checkpoint =
  | { readonly kind: 'walk'; readonly walkId: number; readonly walk: Walk }
  /** The end was reached and is still to be carried out. */
  | { readonly kind: 'sweep'; readonly walkId: number; readonly mark: number; readonly outcome: Outcome };

export type SavePage = (page: SavedPage, now: number, decide: (facts: PageFacts) => Checkpoint | null) => PageChange;

type Known = { readonly url: string; readonly sizeText: string; readonly mark: number };

/**
 * Rows and checkpoint land together, so a crash can neither lose a page nor count it twice. First sightings and the
 * journal's counts are the user's own and land just before, in a way that a repetition does not change.
 */
export function createPageSaver(database: Database): SavePage {
  const keyed = createMalformedKeys(database);
  const own = createOwnPageSaver(database);
  const readKnown = createKnownReader(database);
  const put = createPagePutter(database);
  return (page, now, decide) => {
    const images = [...new Map(page.images.map((image) => [image.id, image])).values()];
    const known = readKnown(page.accountId, images);
    const fresh = images.filter(({ id }) => !known.has(id));
    const changed = images.filter((image) => differs(known.get(image.id), image));
    const unseen = images.filter(({ id }) => known.get(id)?.mark !== page.walk.mark).length;
    const malformed = keyed(page.syncId, page.page, page.malformed);
    const counted = own(page, { all: images, fresh, changed, malformed }, now);
    const facts = put(
      page,
      { all: images, fresh: fresh.length, malformed },
      (rest): PageFacts => ({
        page: page.page,
        perPage: page.perPage,
        totalItems: page.totalItems,
        hasMore: page.hasMore,
        records: page.images.length + page.malformed.length,
        unknown: fresh.length + changed.length,
        unseen,
        ...spanOf(images),
        repeated: page.images.length - unseen,
        ...rest,
      }),
      decide,
    );
    return { ...counted, facts };
  };
}

function spanOf(images: readonly ListedImage[]): Pick<PageFacts, 'highest' | 'lowest'> {
  const ids = idsOf(images);
  return ids.length === 0 ? { highest: null, lowest: null } : { highest: Math.max(...ids), lowest: Math.min(...ids) };
}

function createKnownReader({ connection }: Database) {
  // One statement for all: each by itself would cost more than the look.
  const find = asArrays(
    connection.prepare(
      `SELECT i.id, i.url, i.size_text, i.mark FROM json_each(?) j
       CROSS JOIN main.images i ON i.account_id = ? AND i.id = j.value`,
    ),
  );
  return (accountId: number, images: readonly ListedImage[]): ReadonlyMap<number, Known> => {
    const rows = find.all(JSON.stringify(idsOf(images)), accountId);
    return new Map(
      rows.map(([id, url, sizeText, mark]) => [
        Number(id),
        { url: String(url), sizeText: String(sizeText), mark: Number(mark) },
      ]),
    );
  };
}

function idsOf(images: readonly ListedImage[]): number[] {
  return images.map(({ id }) => id);
}

type Counted = Pick<PageFacts, 'malformedUnseen' | 'present' | 'malformed'>;

/** Rows that one statement writes: as many as a page mostly has, and fewer for its rest. */
const groupSizes = [100, 10, 1] as const;

function createRowPutter({ connection }: Database) {
  const groups = groupSizes.map((size) => ({
    size,
    statement: connection.prepare(
      `INSERT INTO main.images (account_id, id, url, size_text, mark)
       VALUES ${Array.from({ length: size }, () => '(?, ?, ?, ?, ?)').join(', ')}
       ON CONFLICT DO UPDATE SET url = excluded.url, size_text = excluded.size_text, mark = excluded.mark`,
    ),
  }));
  return (accountId: number, images: readonly ListedImage[], mark: number): void => {
    let at = 0;
    for (const { size, statement } of groups) {
      for (; at + size <= images.length; at += size) {
        const rows = images.slice(at, at + size);
        statement.run(...rows.flatMap(({ id, url, sizeText }) => [accountId, id, url, sizeText, mark]));
      }
    }
  };
}

/** The catalogue's part of a page: rows, counts and checkpoint in one transaction. */
function createPagePutter(database: Database) {
  const { connection } = database;
  const put = createRowPutter(database);
  const findMalformed = connection.prepare('SELECT mark FROM main.malformed WHERE account_id = ? AND record_key = ?');
  const putMalformed = connection.prepare(
    `INSERT INTO main.malformed (account_id, record_key, raw, why, mark) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET raw = excluded.raw, why = excluded.why, mark = excluded.mark`,
  );
  const count = connection.prepare(
    `INSERT INTO main.walks (account_id, present, malformed) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET present = present + excluded.present, malformed = malformed + excluded.malformed
     RETURNING present, malformed`,
  );
  const setCheckpoint = connection.prepare('UPDATE main.walks SET checkpoint = ? WHERE account_id = ?');
  return (
    { accountId, walk }: SavedPage,
    records: {
      readonly all: readonly ListedImage[];
      readonly fresh: number;
      readonly malformed: readonly KeyedRecord[];
    },
    toFacts: (counted: Counted) => PageFacts,
    decide: (facts: PageFacts) => Checkpoint | null,
  ): PageFacts =>
    database.transaction(() => {
      put(accountId, records.all, walk.mark);
      const marks: (number | undefined)[] = [];
      for (const [key, { raw, why }] of records.malformed) {
        const mark = findMalformed.get(accountId, key)?.['mark'];
        marks.push(typeof mark === 'number' ? mark : undefined);
        putMalformed.run(accountId, key, raw, why, walk.mark);
      }
      const counts = count.get(accountId, records.fresh, marks.filter((mark) => mark === undefined).length);
      const facts = toFacts({
        malformedUnseen: marks.filter((mark) => mark !== walk.mark).length,
        present: Number(counts?.['present']),
        malformed: Number(counts?.['malformed']),
      });
      const checkpoint = decide(facts);
      setCheckpoint.run(checkpoint === null ? null : JSON.stringify(checkpoint), accountId);
      return facts;
    });
}

function differs(known: Known | undefined, image: ListedImage): boolean {
  return known !== undefined && (known.url !== image.url || known.sizeText !== image.sizeText);
}

type News = {
  readonly all: readonly ListedImage[];
  readonly fresh: readonly ListedImage[];
  readonly changed: readonly ListedImage[];
  readonly malformed: readonly KeyedRecord[];
};

/**
 * First sightings, changes and malformed records into the user's own file, and the journal's counts with them. What this
 * walk has counted already is not counted again when a kill made it read the page twice.
 */
function createOwnPageSaver(database: Database) {
  const { connection } = database;
  const first = asArrays(
    connection.prepare(
      `INSERT INTO own.facts (account_id, image_id, first_seen, first_sync)
       SELECT ?, value, ?, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING RETURNING image_id`,
    ),
  );
  const ofAnotherWalk =
    '(SELECT walk_id FROM own.syncs WHERE id = ?1) IS NOT (SELECT walk_id FROM own.syncs WHERE id =';
  const back = connection.prepare(
    `UPDATE own.gone_images SET sync_id = ?1 WHERE account_id = ?2 AND id = ?3 AND ${ofAnotherWalk} sync_id)`,
  );
  const change = connection.prepare(
    `UPDATE own.facts SET changed_sync = ?1 WHERE account_id = ?2 AND image_id = ?3 AND ${ofAnotherWalk} changed_sync)`,
  );
  const mend = connection.prepare(
    'UPDATE own.facts SET broken_code = NULL, broken_message = NULL WHERE account_id = ? AND image_id = ?',
  );
  const bad = connection.prepare('INSERT OR IGNORE INTO own.sync_malformed VALUES (?, ?, ?, ?, ?)');
  const count = connection.prepare(
    `UPDATE own.syncs SET added = added + ?, changed = changed + ?, total = ?,
     malformed = (SELECT count(*) FROM own.sync_malformed WHERE sync_id = ?) WHERE id = ?`,
  );
  return (page: SavedPage, { all, fresh, changed, malformed }: News, now: number) =>
    database.transaction(() => {
      const { accountId, syncId } = page;
      // Those known already as well: a library that came back from a backup may know less than the catalogue.
      const seen = new Set(first.all(accountId, now, syncId, JSON.stringify(idsOf(all))).map(([id]) => Number(id)));
      let added = 0;
      for (const { id } of fresh) {
        added += seen.has(id) ? 1 : Number(back.run(syncId, accountId, id).changes);
      }
      let different = 0;
      for (const { id } of changed) {
        different += Number(change.run(syncId, accountId, id).changes);
        mend.run(accountId, id);
      }
      for (const [key, { raw, why }] of malformed) bad.run(syncId, key, page.page, raw, why);
      count.run(added, different, page.totalItems, syncId, syncId);
      return { added, changed: different };
    });
}
