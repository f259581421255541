import { setImmediate } from 'node:timers/promises';
import { failure } from '../../../domain/failure.ts';
import { parseQuery, sortOf } from '../../../domain/query/parse/parse-query.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { createHandles, type Handles } from './handles.ts';
import {
  addUpResult,
  isTooMuch,
  keyColumns,
  keysBetween,
  markRows,
  positionOf,
  scaleOf,
  type CachedResult,
} from '../results/cached-result.ts';
import { loadIndex, type ImageIndex } from '../table/image-index.ts';
import {
  addUpSelected,
  changeSelected,
  createRowMover,
  findSet,
  nothingSelected,
  presentRows,
  type SelectedRows,
} from './index-selections.ts';
import type { IndexSource } from './index-source.ts';
import { listRows } from '../results/row-list.ts';
import { addUpRows, countGroups } from '../results/row-totals.ts';
import { unknownHandle, unknownSelection, type Counts, type CountsAsked, type SearchEngine } from './search-engine.ts';
import { createSelections, type Selections } from './selections.ts';

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

/** The index as a search engine. What was written before a question is seen by its answer. */
export function createIndexEngine(deps: IndexEngineDeps): IndexEngine {
  const selections = createSelections<SelectedRows>(({ rows }) => rows.byteLength);
  const current = createCurrentIndex(deps, (before, after) => selections.change(createRowMover(before, after)));
  const evaluate = createEvaluation(deps, current.upToDate);
  const handles = createHandles<CachedResult>(deps.lastHandle, isTooMuch);
  const parts: EngineParts = { deps, handles, selections, upToDate: current.upToDate, evaluate };
  return {
    ...createResultReads(handles, current.upToDate),
    ...createSelectionVerbs(parts),
    query: (query, take = 0, counts) =>
      evaluate((index) => {
        const rows = index.find(query.tree, deps.now());
        const counted = counts === undefined ? null : countAll(index, parts, counts);
        if (rows === undefined || counted === undefined) return undefined;
        const { table, orders } = index;
        const sort = sortOf(query);
        const totals = addUpRows(table, rows);
        const list = listRows(table, orders, rows, sort, totals.count);
        const result: CachedResult = { list, keys: table.keys, sort };
        const first = keysBetween(result, 0, take);
        return ok({ handle: handles.keep(result), totals, first, counts: counted });
      }),
    all: ({ query, selection }) =>
      evaluate((index) => {
        const parsed = parseQuery(query);
        const selected = selection === null ? undefined : selections.get(selection);
        if (selection !== null && selected === undefined) return fail(unknownSelection());
        const rows = selected === undefined ? index.find(parsed.tree, deps.now()) : presentRows(index, selected);
        if (rows === undefined) return undefined;
        const list = listRows(index.table, index.orders, rows, sortOf(parsed));
        return ok(keyColumns(index.table.keys, list.slice(0, list.length)));
      }),
    counts: (asked, handle) =>
      evaluate((index) => {
        const counts = countAll(index, parts, asked);
        const result = handle === null ? undefined : handles.get(handle);
        return counts && ok({ ...counts, result: result === undefined ? null : addUpResult(index, result) });
      }),
    refresh: current.refresh,
    index: current.upToDate,
  };
}

/** `ask` returns undefined if regular expressions need more time. */
type Evaluate = <T>(ask: (index: ImageIndex) => Result<T> | undefined) => Promise<Result<T>>;

type EngineParts = {
  readonly deps: IndexEngineDeps;
  readonly handles: Handles<CachedResult>;
  readonly selections: Selections<SelectedRows>;
  readonly upToDate: () => ImageIndex;
  readonly evaluate: Evaluate;
};

type SelectionVerbs = Pick<IndexEngine, 'select' | 'measure' | 'marks' | 'releaseSelection'>;

function createSelectionVerbs({ deps, handles, selections, upToDate, evaluate }: EngineParts): SelectionVerbs {
  return {
    select: ({ selection, how, what }) =>
      evaluate((index) => {
        const base = selection === null ? nothingSelected : selections.get(selection);
        if (base === undefined) return fail(unknownSelection());
        const set = findSet(index, handles, what, deps.now());
        if (set?.ok !== true) return set;
        const { rows, isAnchored } = set.value;
        const changed = changeSelected(base, how, rows);
        return ok({ selection: selections.keep(changed), totals: addUpSelected(index, changed), isAnchored });
      }),
    async measure(selection) {
      // First: it may replace the rows of every selection.
      const index = upToDate();
      const selected = selections.get(selection);
      return selected === undefined ? fail(unknownSelection()) : ok(addUpSelected(index, selected));
    },
    async marks(handle, { from, to }, selection) {
      const index = upToDate();
      const result = handles.get(handle);
      const selected = selections.get(selection);
      if (result === undefined) return fail(unknownHandle());
      if (selected === undefined) return fail(unknownSelection());
      return ok(markRows(result, index, selected.rows, result.list.slice(from, to)));
    },
    releaseSelection(selection, mayReturn) {
      if (mayReturn) selections.leave(selection);
      else selections.release(selection);
    },
  };
}

/** Counts everything in one state of the index; undefined if regular expressions need more time. */
function countAll(index: ImageIndex, parts: EngineParts, asked: CountsAsked): Counts | undefined {
  const { deps, selections } = parts;
  const found = asked.queries.map(({ tree }) => index.find(tree, deps.now()));
  if (found.includes(undefined)) return undefined;
  const selected = asked.selection === null ? undefined : selections.get(asked.selection);
  return {
    totals: found.flatMap((rows) => (rows === undefined ? [] : addUpRows(index.table, rows))),
    ...countGroups(index.table, asked.syncs),
    selection: selected === undefined ? null : addUpSelected(index, selected),
  };
}

/**
 * Asks again, with others served in between, while regular expressions take their time. Of those that have more to ask
 * the newest goes on first, as it is what somebody waits for; taken in turns, many would push what was found so far out
 * of one another's memory, and none would come to an end.
 */
function createEvaluation({ elapsedMs }: IndexEngineDeps, upToDate: () => ImageIndex): Evaluate {
  const underWay = new Set<symbol>();
  const evaluate = async <T>(
    ask: (index: ImageIndex) => Result<T> | undefined,
    isNewest: () => boolean,
  ): Promise<Result<T>> => {
    let spentMs = 0;
    for (;;) {
      while (!isNewest()) await setImmediate();
      const start = elapsedMs();
      const answer = ask(upToDate());
      if (answer !== undefined) return answer;
      spentMs += elapsedMs() - start;
      if (spentMs > mostPatternMs) return fail(tooSlow());
      await setImmediate();
    }
  };
  return async <T>(ask: (index: ImageIndex) => Result<T> | undefined): Promise<Result<T>> => {
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
  handles: Handles<CachedResult>,
  upToDate: () => ImageIndex,
): Pick<IndexEngine, 'keys' | 'position' | 'scale' | 'release'> {
  const held = async <T>(handle: number, use: (held: CachedResult) => T): Promise<Result<T>> => {
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

/** Calls `reloaded` whenever the table was read again from the start. */
function createCurrentIndex(
  { source, restore, elapsedMs }: IndexEngineDeps,
  reloaded: (before: ImageIndex, after: ImageIndex) => void,
) {
  let index: ImageIndex | undefined;
  const refresh = (): boolean => {
    index ??= restore();
    if (index === undefined) {
      index = loadIndex(source, elapsedMs);
      return true;
    }
    if (!source.isChanged()) return false;
    const images = source.changes();
    if (images === 'too-many') {
      const before = index;
      index = loadIndex(source, elapsedMs);
      reloaded(before, index);
    } else index.change(source.context(), images);
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

function tooSlow() {
  return failure(
    'query-mistake',
    'The regular expression takes too long on so many names and was stopped. Write it with fewer repetitions, or name a part of the text beside it.',
  );
}
