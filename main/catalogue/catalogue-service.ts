import { toImageRow } from '../contract/image-row.ts';
import type { ImageRow, QueryTotals } from '../contract/catalogue.ts';
import { failure } from '../domain/failure.ts';
import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import type { QueryMistake } from '../domain/query/mistake.ts';
import { parseQuery } from '../domain/query/parse-query.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { searchPlainly } from '../search/plain-search.ts';
import type { ImageReader } from '../storage/image-reader.ts';

export type CatalogueDeps = { readonly reader: ImageReader; readonly now: () => number };

export type QueryAnswer = {
  readonly handle: number;
  readonly totals: QueryTotals;
  readonly mistakes: readonly QueryMistake[];
};

export type CatalogueService = {
  query(text: string): QueryAnswer;
  /** Rows by position in the result's order, as the catalogue has them now. */
  rows(handle: number, from: number, to: number): Result<ImageRow[]>;
  release(handle: number): void;
  /** The result of a query in its order, each image once; a mistake fails with `query-mistake`. */
  imagesOf(text: string): Result<readonly CatalogueImage[]>;
};

/** Results kept at once; the one unused for longest gives way. */
const mostHandles = 32;

export function createCatalogueService({ reader, now }: CatalogueDeps): CatalogueService {
  const results = new Map<number, readonly ImageKey[]>();
  let lastHandle = 0;
  const keep = (keys: readonly ImageKey[]): number => {
    lastHandle += 1;
    results.set(lastHandle, keys);
    const [oldest] = results.keys();
    if (results.size > mostHandles && oldest !== undefined) results.delete(oldest);
    return lastHandle;
  };
  return {
    query(text) {
      const parsed = parseQuery(text);
      const images = searchPlainly(parsed, { all: reader.all, now });
      const handle = keep(images.map(({ accountId, id }) => ({ accountId, id })));
      return { handle, totals: addUp(images), mistakes: parsed.mistakes };
    },
    rows(handle, from, to) {
      const keys = results.get(handle);
      if (keys === undefined) return fail(failure('unknown-handle', 'This result is no longer kept. Search again.'));
      results.delete(handle);
      results.set(handle, keys);
      return ok(reader.some(keys.slice(from, to)).map(toImageRow));
    },
    release: (handle) => void results.delete(handle),
    imagesOf(text) {
      const parsed = parseQuery(text);
      const [mistake] = parsed.mistakes;
      if (mistake === undefined) return ok(searchPlainly(parsed, { all: reader.all, now }));
      const message = `${mistake.message}. Nothing was done, as the query without that part may mean more images.`;
      return fail(failure('query-mistake', message));
    },
  };
}

function addUp(images: readonly CatalogueImage[]): QueryTotals {
  let bytes = 0;
  let approximate = 0;
  let unknown = 0;
  for (const { exactBytes, nominalBytes } of images) {
    bytes += exactBytes ?? nominalBytes ?? 0;
    if (exactBytes === null && nominalBytes === null) unknown += 1;
    else if (exactBytes === null) approximate += 1;
  }
  return { count: images.length, bytes, approximate, unknown };
}
