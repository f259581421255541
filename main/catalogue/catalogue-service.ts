import { toImageRow } from '../contract/image-row.ts';
import type { ImageRow, QueryTotals } from '../contract/catalogue.ts';
import { failure, type Failure } from '../domain/failure.ts';
import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import type { QueryMistake } from '../domain/query/mistake.ts';
import { parseQuery } from '../domain/query/parse-query.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { ImageTarget, Selection } from '../domain/selection.ts';
import type { SearchEngine } from '../search/search-engine.ts';
import type { ImageReader } from '../storage/image-reader.ts';

export type CatalogueDeps = { readonly reader: ImageReader; readonly engine: SearchEngine };

export type QueryAnswer = {
  readonly handle: number;
  readonly totals: QueryTotals;
  readonly mistakes: readonly QueryMistake[];
};

export type CatalogueService = {
  query(text: string): Promise<QueryAnswer>;
  /** What each query finds, without keeping it. */
  count(texts: readonly string[]): Promise<QueryTotals[]>;
  /** Rows by position in the result's order, as the catalogue has them now. */
  rows(handle: number, from: number, to: number): Promise<Result<ImageRow[]>>;
  /** One image, or null where there is none. */
  image(key: ImageKey): ImageRow | null;
  /** Where an image stands in a result; null where it is not in it. */
  position(handle: number, key: ImageKey): Promise<Result<number | null>>;
  release(handle: number): void;
  measure(selection: Selection): Promise<QueryTotals>;
  /** Which images of a range of a result are selected. */
  marks(
    handle: number,
    range: { readonly from: number; readonly to: number },
    selection: Selection,
  ): Promise<Result<boolean[]>>;
  /** The images of a target in its order, each once; a mistake fails with `query-mistake`. */
  imagesOf(target: ImageTarget): Promise<Result<readonly CatalogueImage[]>>;
};

export function createCatalogueService({ reader, engine }: CatalogueDeps): CatalogueService {
  return {
    async query(text) {
      const parsed = parseQuery(text);
      return { ...(await engine.query(parsed)), mistakes: parsed.mistakes };
    },
    count: (texts) => engine.count(texts.map(parseQuery)),
    async rows(handle, from, to) {
      const keys = await engine.keys(handle, from, to);
      return keys === undefined ? fail(unknownHandle()) : ok(reader.some(keys).map(toImageRow));
    },
    image(key) {
      const [image] = reader.some([key]);
      return image === undefined ? null : toImageRow(image);
    },
    async position(handle, key) {
      const found = await engine.position(handle, key);
      return found === undefined ? fail(unknownHandle()) : ok(found.position);
    },
    release: engine.release,
    measure: engine.measure,
    async marks(handle, { from, to }, selection) {
      const marks = await engine.marks(handle, from, to, selection);
      return marks === undefined ? fail(unknownHandle()) : ok(marks);
    },
    async imagesOf(target) {
      const mistake = mistakeIn(target);
      return mistake === undefined ? ok(reader.some(await engine.all(target))) : fail(mistake);
    },
  };
}

function unknownHandle(): Failure {
  return failure('unknown-handle', 'This result is no longer kept. Search again.');
}

/** A part that was left out may mean every image. */
function mistakeIn({ query, selection }: ImageTarget): Failure | undefined {
  const queries = (selection ?? []).flatMap(({ what }) => (what.kind === 'images' ? [] : [what.query]));
  const [mistake] = [query, ...queries].flatMap((text) => parseQuery(text).mistakes);
  if (mistake === undefined) return undefined;
  const message = `${mistake.message}. Nothing was done, as the query without that part may mean more images.`;
  return failure('query-mistake', message);
}
