import { setImmediate } from 'node:timers/promises';
import { failure } from '../domain/failure.ts';
import { parseQuery, sortOf } from '../domain/query/parse-query.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Selection } from '../domain/selection.ts';
import type { Bitmap } from './bitmap.ts';
import { createHandles, type Handles } from './handles.ts';
import { isTooMuch, keyColumns, keysBetween, markRows, positionOf, scaleOf, type HeldResult } from './held-result.ts';
import { loadIndex, type ImageIndex } from './image-index.ts';
import { dependsOnTime, selectRows } from './index-selection.ts';
import type { IndexSource } from './index-source.ts';
import { listRows } from './row-list.ts';
import { addUpRows } from './row-totals.ts';
import { unknownHandle, type SearchEngine } from './search-engine.ts';

export type IndexEngineDeps = {
  readonly source: IndexSource;
  /** An index of what the source gave, but for the changes that it tells next; or undefined. */
  readonly restore: () => ImageIndex | undefined;
  readonly now: () => number;
  /** A clock in ms. */
  readonly elapsedMs: () => number;
  /** Handles are numbered from the next one on. */
  readonly lastHandle?: number;
};

export type IndexEngine = Omit<SearchEngine, 'close'> & {
  /** Brings the index up to date, so that the next query finds little to do. True where there was something. */
  refresh(): boolean;
  index(): ImageIndex;
};

/** How long regular expressions may be asked for one answer, the turns of others not counted. */
const mostPatternMs = 10_000;
const mostSelections = 4;

/** The index as a search engine. What was written before a question is seen by its answer. */
export function createIndexEngine(deps: IndexEngineDeps): IndexEngine {
  const current = createCurrentIndex(deps);
  const evaluate = createEvaluation(deps, current.upToDate);
  const handles = createHandles<HeldResult>(deps.lastHandle, isTooMuch);
  const select = createSelector();
  const addUp = (find: (index: ImageIndex) => Bitmap | undefined) =>
    evaluate((index) => {
      const rows = find(index);
      return rows && addUpRows(index.table, rows);
    });
  return {
    ...createResultReads(handles, current.upToDate),
    query: (query, take = 0) =>
      evaluate((index) => {
        const rows = index.find(query.tree, deps.now());
        if (rows === undefined) return undefined;
        const { table, orders } = index;
        const sort = sortOf(query);
        const totals = addUpRows(table, rows);
        const list = listRows(table, orders, rows, sort, totals.count);
        const result: HeldResult = { list, keys: table.keys, sort };
        const first = keysBetween(result, 0, take);
        return { handle: handles.keep(result), totals, first };
      }),
    async count(queries) {
      const counted = [];
      for (const { tree } of queries) {
        const totals = await addUp((index) => index.find(tree, deps.now()));
        if (!totals.ok) return totals;
        counted.push(totals.value);
      }
      return ok(counted);
    },
    measure: (selection) => addUp((index) => select(index, selection, deps.now())),
    async marks(handle, { from, to }, selection) {
      const marks = await evaluate((index) => {
        const result = handles.get(handle);
        if (result === undefined) return 'unknown';
        const rows = select(index, selection, deps.now());
        return rows && markRows(result, index, rows, result.list.slice(from, to));
      });
      if (!marks.ok) return marks;
      return marks.value === 'unknown' ? fail(unknownHandle()) : ok(marks.value);
    },
    all: ({ query, selection }) =>
      evaluate((index) => {
        const parsed = parseQuery(query);
        const rows = selection === null ? index.find(parsed.tree, deps.now()) : select(index, selection, deps.now());
        if (rows === undefined) return undefined;
        const list = listRows(index.table, index.orders, rows, sortOf(parsed));
        return keyColumns(index.table.keys, list.slice(0, list.length));
      }),
    refresh: current.refresh,
    index: current.upToDate,
  };
}

/**
 * Asks again, with others served in between, while regular expressions take their time. Of those that have more to ask
 * the newest goes on first, as it is what somebody waits for; taken in turns, many would push what was found so far out
 * of one another's memory, and none would come to an end.
 */
function createEvaluation({ elapsedMs }: IndexEngineDeps, upToDate: () => ImageIndex) {
  const underWay = new Set<symbol>();
  const evaluate = async <T>(
    ask: (index: ImageIndex) => T | undefined,
    isNewest: () => boolean,
  ): Promise<Result<T>> => {
    let spentMs = 0;
    for (;;) {
      while (!isNewest()) await setImmediate();
      const start = elapsedMs();
      const answer = ask(upToDate());
      if (answer !== undefined) return ok(answer);
      spentMs += elapsedMs() - start;
      if (spentMs > mostPatternMs) return fail(tooSlow());
      await setImmediate();
    }
  };
  return async <T>(ask: (index: ImageIndex) => T | undefined): Promise<Result<T>> => {
    const own = Symbol('question');
    underWay.add(own);
    try {
      return await evaluate(ask, () => [...underWay].at(-1) === own);
    } finally {
      underWay.delete(own);
    }
  };
}

/** What is asked of a result that is held. */
function createResultReads(
  handles: Handles<HeldResult>,
  upToDate: () => ImageIndex,
): Pick<IndexEngine, 'keys' | 'position' | 'scale' | 'release'> {
  const held = async <T>(handle: number, use: (held: HeldResult) => T): Promise<Result<T>> => {
    const known = handles.get(handle);
    return known === undefined ? fail(unknownHandle()) : ok(use(known));
  };
  return {
    keys: (handle, from, to) => held(handle, (result) => keysBetween(result, from, to)),
    position: (handle, key) => held(handle, (result) => positionOf(result, upToDate(), key)),
    scale: (handle, steps) => held(handle, (result) => scaleOf(result, upToDate(), steps)),
    release: handles.release,
  };
}

function createCurrentIndex({ source, restore, elapsedMs }: IndexEngineDeps) {
  let index: ImageIndex | undefined;
  const refresh = (): boolean => {
    index ??= restore();
    if (index === undefined) {
      index = loadIndex(source, elapsedMs);
      return true;
    }
    if (!source.isChanged()) return false;
    const images = source.changes();
    if (images === 'too-many') index = loadIndex(source, elapsedMs);
    else index.change(source.context(), images);
    return true;
  };
  return {
    refresh,
    upToDate(): ImageIndex {
      refresh();
      return (index ??= loadIndex(source, elapsedMs));
    },
  };
}

/** The last selections are kept as sets: marks are asked for with every row that scrolls into view. */
function createSelector() {
  let kept = new Map<string, Bitmap>();
  let of: { readonly index: ImageIndex; readonly version: number } | undefined;
  return (index: ImageIndex, selection: Selection, now: number): Bitmap | undefined => {
    if (of?.index !== index || of.version !== index.version()) {
      kept = new Map();
      of = { index, version: index.version() };
    }
    const name = JSON.stringify(selection);
    const known = kept.get(name);
    if (known !== undefined) return known;
    const rows = selectRows(index, selection, now);
    if (rows === undefined || dependsOnTime(selection)) return rows;
    kept.set(name, rows);
    const [oldest] = kept.keys();
    if (kept.size > mostSelections && oldest !== undefined) kept.delete(oldest);
    return rows;
  };
}

function tooSlow() {
  return failure(
    'query-mistake',
    'The regular expression takes too long on so many names and was stopped. Write it with fewer repetitions, or name a part of the text beside it.',
  );
}
