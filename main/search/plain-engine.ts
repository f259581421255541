import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import { toKeyColumns } from '../domain/image-list.ts';
import { compilePredicate } from '../domain/query/compile-predicate.ts';
import { comparableBytes, orderImages, sortValue } from '../domain/query/order.ts';
import { parseQuery, sortOf, type ParsedQuery } from '../domain/query/parse-query.ts';
import type { Sort } from '../domain/query/query-tree.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { evaluateSelection, isSameImage, keyText, type ImageSet, type Selection } from '../domain/selection.ts';
import { createHandles } from './handles.ts';
import { spreadPositions, unknownHandle, type Scale, type SearchEngine, type Totals } from './search-engine.ts';

export type PlainEngineDeps = {
  /** Every image, gone ones too. */
  readonly all: () => Iterable<CatalogueImage>;
  /** Another value whenever what `all` gives may be another. */
  readonly revision: () => string;
  readonly now: () => number;
};

type Held = { readonly images: readonly CatalogueImage[]; readonly sort: Sort };

/** The plain evaluation, by a filter and a sort over all rows: the meaning that an index must keep. */
export function createPlainEngine({ all, revision, now }: PlainEngineDeps): SearchEngine {
  const handles = createHandles<Held>();
  let kept: { readonly revision: string; readonly images: readonly CatalogueImage[] } | undefined;
  const images = () => {
    const current = revision();
    if (kept?.revision !== current) kept = { revision: current, images: [...all()] };
    return kept.images;
  };
  const find = (query: ParsedQuery): CatalogueImage[] => {
    const matches = compilePredicate(query.tree, { now: now() });
    return orderImages(
      images().filter((image) => matches(image)),
      sortOf(query),
    );
  };
  const selected = (selection: Selection): CatalogueImage[] => {
    const keys = evaluateSelection(selection, {
      empty: () => new Set<string>(),
      find: (what) => findSet(what, find),
      combine: combineSets,
    });
    return images().filter((image) => keys.has(keyText(image)));
  };
  const held = async <T>(handle: number, use: (held: Held) => T): Promise<Result<T>> => {
    const known = handles.get(handle);
    return known === undefined ? fail(unknownHandle()) : ok(use(known));
  };
  return {
    async query(query, take = 0) {
      const found = find(query);
      const handle = handles.keep({ images: found, sort: sortOf(query) });
      return ok({ handle, totals: addUp(found), first: found.slice(0, take).map(toKey) });
    },
    count: async (queries) => ok(queries.map((query) => addUp(find(query)))),
    keys: (handle, from, to) => held(handle, (result) => result.images.slice(from, to).map(toKey)),
    position: (handle, key) =>
      held(handle, (result) => {
        const at = result.images.findIndex((image) => isSameImage(image, key));
        return at === -1 ? null : at;
      }),
    scale: (handle, steps) => held(handle, (result) => scaleOf(result, steps)),
    measure: async (selection) => ok(addUp(selected(selection))),
    marks: (handle, { from, to }, selection) =>
      held(handle, (result) => {
        const keys = new Set(selected(selection).map(keyText));
        return result.images.slice(from, to).map((image) => keys.has(keyText(image)));
      }),
    async all({ query, selection }) {
      const parsed = parseQuery(query);
      return ok(toKeyColumns(selection === null ? find(parsed) : orderImages(selected(selection), sortOf(parsed))));
    },
    release: handles.release,
    close: () => Promise.resolve(),
  };
}

function scaleOf({ images, sort }: Held, steps: number): Scale {
  const marks = spreadPositions(images.length, steps).flatMap((position) => {
    const image = images[position];
    return image === undefined ? [] : [{ position, value: sortValue(image, sort.key) }];
  });
  return { sort, marks };
}

function findSet(what: ImageSet, find: (query: ParsedQuery) => CatalogueImage[]): Set<string> {
  if (what.kind === 'images') return new Set(what.images.map(keyText));
  const keys = find(parseQuery(what.query)).map(keyText);
  if (what.kind === 'result') return new Set(keys);
  const ends = [keys.indexOf(keyText(what.from)), keys.indexOf(keyText(what.to))];
  const [first = -1, last = -1] = ends.toSorted((one, other) => one - other);
  return new Set(first === -1 ? [] : keys.slice(first, last + 1));
}

function combineSets(how: 'add' | 'remove' | 'flip', into: Set<string>, what: Set<string>): Set<string> {
  for (const key of what) {
    if (how === 'add' || (how === 'flip' && !into.has(key))) into.add(key);
    else into.delete(key);
  }
  return into;
}

function toKey({ accountId, id }: ImageKey): ImageKey {
  return { accountId, id };
}

function addUp(images: readonly CatalogueImage[]): Totals {
  let bytes = 0;
  let approximate = 0;
  let unknown = 0;
  for (const image of images) {
    const known = comparableBytes(image);
    bytes += known ?? 0;
    if (known === null) unknown += 1;
    else if (image.exactBytes === null) approximate += 1;
  }
  return { count: images.length, bytes, approximate, unknown };
}
