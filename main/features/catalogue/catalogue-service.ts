import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { toImageRow } from '../../contract/image-row.ts';
import type { Counts, ImageRow, QueryTotals, SelectionTotals } from '../../contract/commands/catalogue.ts';
import type { CatalogueImage, ImageKey } from '../../domain/image/image.ts';
import { keyAt, type ImageList, type KeyColumns } from '../../domain/image/image-list.ts';
import type { QueryMistake } from '../../domain/query/mistake.ts';
import { parseQuery } from '../../domain/query/parse/parse-query.ts';
import { queryFailure } from '../../domain/query/query-failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ImageTarget, SelectionChange, SelectionHandle } from '../../domain/image/selection.ts';
import type {
  Counts as FoundCounts,
  CountsAsked,
  Scale,
  SearchEngine,
  Selected,
} from '../../adapters/search/engine/search-engine.ts';
import type { ImageReader } from '../../adapters/storage/images/image-reader.ts';

export type CatalogueDeps = { readonly reader: ImageReader; readonly engine: SearchEngine };

export type QueryAnswer = {
  readonly handle: number;
  readonly totals: QueryTotals;
  readonly mistakes: readonly QueryMistake[];
  /** The first of them, as many as were asked for, but none behind one that is no more. */
  readonly rows: ImageRow[];
  readonly counts: Counts | null;
};

type CountTexts = Omit<CountsAsked, 'queries'> & { readonly texts: readonly string[] };

export type CatalogueService = {
  query(text: string, take?: number, counts?: CountTexts): Promise<Result<QueryAnswer>>;
  /** Counts everything at one moment; `result` adds up the images of a held result. */
  counts(asked: CountTexts, handle: number | null): Promise<Result<Counts & { result: QueryTotals | null }>>;
  /** Rows by position in the result's order, as the catalogue has them now; null where an image is no more. */
  rows(handle: number, from: number, to: number): Promise<Result<(ImageRow | null)[]>>;
  /** The newest images and how many there are, from the database itself: for a first screen before the index is read. */
  newest(limit: number): { readonly count: number; readonly rows: ImageRow[] };
  /** One image, or null where there is none. */
  image(key: ImageKey): ImageRow | null;
  /** Where an image stands in a result; null where it is not in it. */
  position(handle: number, key: ImageKey): Promise<Result<number | null>>;
  /** What the result sorts by at so many positions, evenly spread. */
  scale(handle: number, steps: number): Promise<Result<Scale>>;
  release(handle: number): void;
  /** Makes a selection of what is meant now; a query with a mistake fails with `query-mistake`. */
  select(change: SelectionChange): Promise<Result<Selected>>;
  measure(selection: SelectionHandle): Promise<Result<SelectionTotals>>;
  /** So many of a selection's images, the newest first. */
  first(selection: SelectionHandle, limit: number): Promise<Result<ImageRow[]>>;
  /** Which images of a range of a result are selected. */
  marks(
    handle: number,
    range: { readonly from: number; readonly to: number },
    selection: SelectionHandle,
  ): Promise<Result<boolean[]>>;
  releaseSelection(selection: SelectionHandle, mayReturn: boolean): void;
  /** Describes a selection by a digest of its members: equal texts stand for the same images, in every process. */
  digest(selection: SelectionHandle): Promise<Result<string>>;
  /** The images of a target in its order, each once; a mistake fails with `query-mistake`. */
  imagesOf(target: ImageTarget): Promise<Result<ImageList>>;
  /** These, in this order, without those that are no more. */
  images(keys: readonly ImageKey[]): CatalogueImage[];
};

/** Read in one go: a few ms, between which others have their turn. */
const pieceImages = 250;

export function createCatalogueService({ reader, engine }: CatalogueDeps): CatalogueService {
  const rowsAt = (keys: readonly ImageKey[]) => reader.at(keys).map((image) => (image ? toImageRow(image) : null));
  return {
    async query(text, take = 0, asked) {
      const parsed = parseQuery(text);
      const found = await engine.query(parsed, take, asked && parseTexts(asked));
      if (!found.ok) return found;
      const { handle, totals, first, counts } = found.value;
      const rows = untilMissing(rowsAt(first));
      return ok({ handle, totals, mistakes: parsed.mistakes, rows, counts: counts && toCounts(counts) });
    },
    async counts(asked, handle) {
      const counted = await engine.counts(parseTexts(asked), handle);
      return counted.ok ? ok({ ...toCounts(counted.value), result: counted.value.result }) : counted;
    },
    async rows(handle, from, to) {
      const keys = await engine.keys(handle, from, to);
      return keys.ok ? ok(rowsAt(keys.value)) : keys;
    },
    newest(limit) {
      const { count, keys } = reader.newest(limit);
      return { count, rows: reader.some(keys).map(toImageRow) };
    },
    image(key) {
      const [image] = reader.some([key]);
      return image === undefined ? null : toImageRow(image);
    },
    position: engine.position,
    scale: engine.scale,
    release: engine.release,
    async select(change) {
      const mistake = change.what.kind === 'query' ? queryFailure([change.what.query]) : undefined;
      return mistake === undefined ? engine.select(change) : fail(mistake);
    },
    measure: engine.measure,
    releaseSelection: engine.releaseSelection,
    async digest(selection) {
      const keys = await engine.all({ query: '', selection });
      return keys.ok ? ok(digestOf(keys.value)) : keys;
    },
    async first(selection, limit) {
      const keys = await engine.all({ query: '', selection });
      if (!keys.ok) return keys;
      const length = Math.min(limit, keys.value.ids.length);
      const first = Array.from({ length }, (_, position) => keyAt(keys.value, position));
      return ok(reader.some(first).map(toImageRow));
    },
    marks: engine.marks,
    async imagesOf(target) {
      const mistake = queryFailure([target.query]);
      if (mistake !== undefined) return fail(mistake);
      const keys = await engine.all(target);
      return keys.ok ? ok(listImages(reader, keys.value)) : keys;
    },
    images: reader.some,
  };
}

/** Without a gap, so that each is where its position says. */
function untilMissing(rows: readonly (ImageRow | null)[]): ImageRow[] {
  const missing = rows.indexOf(null);
  return rows.slice(0, missing < 0 ? rows.length : missing).filter((row) => row !== null);
}

function digestOf({ ids, accountIds }: KeyColumns): string {
  const digest = createHash('sha256').update(ids).update(accountIds).digest('hex');
  return JSON.stringify({ images: ids.length, sha256: digest });
}

function listImages(reader: ImageReader, keys: KeyColumns): ImageList {
  const { length } = keys.ids;
  return {
    length,
    async *pieces(from = 0, to = length) {
      const end = Math.min(to, length);
      for (let at = from; at < end; at += pieceImages) {
        if (at > from) await setImmediate();
        const count = Math.min(pieceImages, end - at);
        yield reader.some(Array.from({ length: count }, (_, index) => keyAt(keys, at + index)));
      }
    },
  };
}

function parseTexts({ texts, syncs, selection }: CountTexts): CountsAsked {
  return { queries: texts.map(parseQuery), syncs, selection };
}

function toCounts({ totals, accounts, added, selection }: FoundCounts): Counts {
  return { totals: [...totals], accounts: [...accounts], added: [...added], selection };
}
