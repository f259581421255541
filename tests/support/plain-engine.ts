import type { CatalogueImage, ImageKey } from '../../main/domain/image/image.ts';
import { toKeyColumns } from '../../main/domain/image/image-list.ts';
import { compilePredicate } from '../../main/domain/query/compile-predicate.ts';
import { comparableBytes, orderImages, sortValue } from '../../main/domain/query/order.ts';
import { parseQuery, sortOf, type ParsedQuery } from '../../main/domain/query/parse/parse-query.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { fail, ok, type Result } from '../../main/domain/result.ts';
import { isSameImage, keyText, type ImageSet, type SelectionChange } from '../../main/domain/image/selection.ts';
import { createHandles, type Handles } from '../../main/adapters/search/engine/handles.ts';
import {
  spreadPositions,
  unknownHandle,
  unknownSelection,
  type Scale,
  type SearchEngine,
  type SelectionTotals,
  type Totals,
} from '../../main/adapters/search/engine/search-engine.ts';
import { createSelections } from '../../main/adapters/search/engine/selections.ts';

export type PlainEngineDeps = {
  /** Returns every image, including gone ones. */
  readonly all: () => Iterable<CatalogueImage>;
  /** Returns a new value whenever the result of `all` may have changed. */
  readonly revision: () => string;
  readonly now: () => number;
};

type HeldResult = { readonly images: readonly CatalogueImage[]; readonly sort: Sort };

/** The search engine without `counts`, whose results are sums of these. */
export type PlainEngine = Omit<SearchEngine, 'counts' | 'query'> & {
  query(query: ParsedQuery, take?: number): ReturnType<SearchEngine['query']>;
};

/** Creates the reference engine, a filter and a sort over all rows, whose results an index must match. */
export function createPlainEngine(deps: PlainEngineDeps): PlainEngine {
  const handles = createHandles<HeldResult>();
  const withResult = async <T>(handle: number, use: (result: HeldResult) => T): Promise<Result<T>> => {
    const known = handles.get(handle);
    return known === undefined ? fail(unknownHandle()) : ok(use(known));
  };
  const library = createLibrary(deps);
  const { find } = library;
  const selection = createSelectionMethods(library, handles);
  return {
    async query(query, take = 0) {
      const found = find(query);
      const handle = handles.keep({ images: found, sort: sortOf(query) });
      return ok({ handle, totals: addUp(found), first: found.slice(0, take).map(toKey), counts: null });
    },
    keys: (handle, from, to) => withResult(handle, (result) => result.images.slice(from, to).map(toKey)),
    position: (handle, key) =>
      withResult(handle, (result) => {
        const index = positionIn(result, key);
        return index === -1 ? null : index;
      }),
    scale: (handle, steps) => withResult(handle, (result) => scaleOf(result, steps)),
    ...selection.methods,
    async all({ query, selection: handle }) {
      const parsed = parseQuery(query);
      const found = handle === null ? find(parsed) : selection.imagesOf(handle);
      return found === undefined ? fail(unknownSelection()) : ok(toKeyColumns(orderImages(found, sortOf(parsed))));
    },
    release: handles.release,
    close: () => Promise.resolve(),
  };
}

type Library = {
  images(): readonly CatalogueImage[];
  find(query: ParsedQuery): CatalogueImage[];
};

function createLibrary({ all, revision, now }: PlainEngineDeps): Library {
  let cached: { readonly revision: string; readonly images: readonly CatalogueImage[] } | undefined;
  const images = () => {
    const current = revision();
    if (cached?.revision !== current) cached = { revision: current, images: [...all()] };
    return cached.images;
  };
  return {
    images,
    find(query) {
      const matches = compilePredicate(query.tree, { now: now() });
      return orderImages(
        images().filter((image) => matches(image)),
        sortOf(query),
      );
    },
  };
}

/** Implements selections as immutable sets of keys. */
function createSelectionMethods({ images, find }: Library, handles: Handles<HeldResult>) {
  const selections = createSelections<ReadonlySet<string>>((keys) => keys.size);
  const imagesIn = (keys: ReadonlySet<string>) => images().filter((image) => keys.has(keyText(image)));
  const addUpKeys = (keys: ReadonlySet<string>): SelectionTotals => {
    const totals = addUp(imagesIn(keys));
    return { ...totals, lost: keys.size - totals.count };
  };
  const methods: Pick<SearchEngine, 'select' | 'measure' | 'marks' | 'releaseSelection'> = {
    async select({ selection, how, what }) {
      const base = selection === null ? new Set<string>() : selections.get(selection);
      if (base === undefined) return fail(unknownSelection());
      const set = findSet(what, handles, find);
      if (set === undefined) return fail(unknownHandle());
      const present = new Set(images().map(keyText));
      const changed = combineSets(how, base, set.keys.intersection(present));
      return ok({ selection: selections.keep(changed), totals: addUpKeys(changed), isAnchored: set.isAnchored });
    },
    async measure(handle) {
      const keys = selections.get(handle);
      return keys === undefined ? fail(unknownSelection()) : ok(addUpKeys(keys));
    },
    async marks(handle, { from, to }, selection) {
      const result = handles.get(handle);
      const keys = selections.get(selection);
      if (result === undefined) return fail(unknownHandle());
      if (keys === undefined) return fail(unknownSelection());
      return ok(result.images.slice(from, to).map((image) => keys.has(keyText(image))));
    },
    releaseSelection: (handle, mayReturn) => (mayReturn ? selections.leave(handle) : selections.release(handle)),
  };
  const imagesOf = (handle: string) => {
    const keys = selections.get(handle);
    return keys === undefined ? undefined : imagesIn(keys);
  };
  return { methods, imagesOf };
}

type FoundSet = { readonly keys: ReadonlySet<string>; readonly isAnchored: boolean };

function findSet(what: ImageSet, handles: Handles<HeldResult>, find: Library['find']): FoundSet | undefined {
  const setOf = (images: readonly ImageKey[]) => new Set(images.map(keyText));
  if (what.kind === 'images') return { keys: setOf(what.images), isAnchored: true };
  if (what.kind === 'query') return { keys: setOf(find(parseQuery(what.query))), isAnchored: true };
  const result = handles.get(what.handle);
  if (result === undefined) return undefined;
  if (what.kind === 'positions') return { keys: setOf(result.images.slice(what.from, what.to)), isAnchored: true };
  const [from = -1, to = -1] = [what.from, what.to].map((key) => positionIn(result, key));
  if (from < 0 || to < 0) return { keys: setOf([what.to]), isAnchored: false };
  return { keys: setOf(result.images.slice(Math.min(from, to), Math.max(from, to) + 1)), isAnchored: true };
}

function positionIn({ images }: HeldResult, key: ImageKey): number {
  return images.findIndex((image) => isSameImage(image, key));
}

function scaleOf({ images, sort }: HeldResult, steps: number): Scale {
  const marks = spreadPositions(images.length, steps).flatMap((position) => {
    const image = images[position];
    return image === undefined ? [] : [{ position, value: sortValue(image, sort.key) }];
  });
  return { sort, marks };
}

function combineSets(
  how: SelectionChange['how'],
  base: ReadonlySet<string>,
  what: ReadonlySet<string>,
): ReadonlySet<string> {
  if (how === 'add') return base.union(what);
  return how === 'remove' ? base.difference(what) : base.symmetricDifference(what);
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
