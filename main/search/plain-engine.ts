import type { CatalogueImage, ImageKey } from '../domain/image.ts';
import { compilePredicate } from '../domain/query/compile-predicate.ts';
import { comparableBytes, orderImages } from '../domain/query/order.ts';
import { parseQuery, sortOf, type ParsedQuery } from '../domain/query/parse-query.ts';
import { evaluateSelection, keyText, type ImageSet, type Selection } from '../domain/selection.ts';
import { createHandles } from './handles.ts';
import type { SearchEngine, Totals } from './search-engine.ts';

export type PlainEngineDeps = {
  /** Every image, gone ones too. */
  readonly all: () => Iterable<CatalogueImage>;
  /** Another value whenever what `all` gives may be another. */
  readonly revision: () => string;
  readonly now: () => number;
};

/** The plain evaluation, by a filter and a sort over all rows: the meaning that an index must keep. */
export function createPlainEngine({ all, revision, now }: PlainEngineDeps): SearchEngine {
  const handles = createHandles<readonly CatalogueImage[]>();
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
  return {
    async query(query) {
      const found = find(query);
      return { handle: handles.keep(found), totals: addUp(found) };
    },
    count: async (queries) => queries.map((query) => addUp(find(query))),
    keys: async (handle, from, to) => handles.get(handle)?.slice(from, to).map(toKey),
    async position(handle, key) {
      const at = handles.get(handle)?.findIndex(({ id, accountId }) => id === key.id && accountId === key.accountId);
      return at === undefined ? undefined : { position: at === -1 ? null : at };
    },
    measure: async (selection) => addUp(selected(selection)),
    async marks(handle, from, to, selection) {
      const keys = new Set(selected(selection).map(keyText));
      return handles
        .get(handle)
        ?.slice(from, to)
        .map((image) => keys.has(keyText(image)));
    },
    async all({ query, selection }) {
      const parsed = parseQuery(query);
      return (selection === null ? find(parsed) : orderImages(selected(selection), sortOf(parsed))).map(toKey);
    },
    release: handles.release,
    close: () => Promise.resolve(),
  };
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
