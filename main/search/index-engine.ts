import { setImmediate } from 'node:timers/promises';
import { failure } from '../domain/failure.ts';
import type { ImageKey } from '../domain/image.ts';
import { parseQuery, sortOf } from '../domain/query/parse-query.ts';
import type { Sort, SortKey } from '../domain/query/query-tree.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { ImageTarget, Selection } from '../domain/selection.ts';
import { hasRow, type Bitmap } from './bitmap.ts';
import { createHandles } from './handles.ts';
import { loadIndex, type ImageIndex } from './image-index.ts';
import { dependsOnTime, selectRows } from './index-selection.ts';
import type { IndexSource } from './index-source.ts';
import { keyOf, nameOf, unknownWhole, type ImageTable, type RowKeys } from './image-table.ts';
import { listRows, type RowList } from './row-list.ts';
import { addUpRows } from './row-totals.ts';
import { spreadPositions, unknownHandle, type SearchEngine } from './search-engine.ts';

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

/** Keys in columns, which cross to another thread without a copy. */
export type KeyColumns = { readonly ids: Float64Array<ArrayBuffer>; readonly accountIds: Float64Array<ArrayBuffer> };

export type IndexEngine = Omit<SearchEngine, 'all' | 'close'> & {
  all(target: ImageTarget): Promise<Result<KeyColumns>>;
  /** Brings the index up to date, so that the next query finds little to do. True where there was something. */
  refresh(): boolean;
  index(): ImageIndex;
};

type Held = { readonly list: RowList; readonly keys: RowKeys; readonly sort: Sort };

/** How long regular expressions may be asked for one answer, the turns of others not counted. */
const mostPatternMs = 5000;
const mostHeldBytes = 48_000_000;
const mostSelections = 4;

/** The index as a search engine. What was written before a question is seen by its answer. */
export function createIndexEngine(deps: IndexEngineDeps): IndexEngine {
  const current = createCurrentIndex(deps);
  const handles = createHandles<Held>(deps.lastHandle, isTooMuch);
  const select = createSelector();
  /** Asks again, with others served in between, while regular expressions take their time. */
  const evaluate = async <T>(ask: (index: ImageIndex) => T | undefined): Promise<Result<T>> => {
    let spentMs = 0;
    for (;;) {
      const start = deps.elapsedMs();
      const answer = ask(current.upToDate());
      if (answer !== undefined) return ok(answer);
      spentMs += deps.elapsedMs() - start;
      if (spentMs > mostPatternMs) return fail(tooSlow());
      await setImmediate();
    }
  };
  const held = async <T>(handle: number, use: (held: Held, index: ImageIndex) => T): Promise<Result<T>> => {
    const known = handles.get(handle);
    return known === undefined ? fail(unknownHandle()) : ok(use(known, current.upToDate()));
  };
  return {
    query: ({ tree, sort }) =>
      evaluate((index) => {
        const rows = index.find(tree, deps.now());
        if (rows === undefined) return undefined;
        const { table, orders } = index;
        const order = sortOf({ tree, sort, mistakes: [] });
        const list = listRows(table, orders, rows, order);
        return { handle: handles.keep({ list, keys: table.keys, sort: order }), totals: addUpRows(table, rows) };
      }),
    async count(queries) {
      const counted = [];
      for (const { tree } of queries) {
        const totals = await evaluate((index) => {
          const rows = index.find(tree, deps.now());
          return rows && addUpRows(index.table, rows);
        });
        if (!totals.ok) return totals;
        counted.push(totals.value);
      }
      return ok(counted);
    },
    keys: (handle, from, to) =>
      held(handle, ({ list, keys }) => Array.from(list.slice(from, to), (row) => keyOf(keys, row))),
    position: (handle, key) => held(handle, (result, index) => positionOf(result, index, key)),
    scale: (handle, steps) =>
      held(handle, (result, index) => ({ sort: result.sort, marks: markScale(result, index, steps) })),
    measure: (selection) =>
      evaluate((index) => {
        const rows = select(index, selection, deps.now());
        return rows && addUpRows(index.table, rows);
      }),
    async marks(handle, { from, to }, selection) {
      const marks = await evaluate((index) => {
        const result = handles.get(handle);
        if (result === undefined) return 'unknown';
        const rows = select(index, selection, deps.now());
        return rows && Array.from(result.list.slice(from, to), (row) => isIn(rows, rowNow(result, index, row)));
      });
      if (!marks.ok) return marks;
      return marks.value === 'unknown' ? fail(unknownHandle()) : ok(marks.value);
    },
    all: ({ query, selection }) =>
      evaluate((index) => {
        const parsed = parseQuery(query);
        const rows = selection === null ? index.find(parsed.tree, deps.now()) : select(index, selection, deps.now());
        if (rows === undefined) return undefined;
        const { table, orders } = index;
        const list = listRows(table, orders, rows, sortOf(parsed));
        return columnsOf(table.keys, list.slice(0, list.length));
      }),
    release: handles.release,
    refresh: current.refresh,
    index: current.upToDate,
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

/** Results share orders, and hold on to those of before a change. */
function isTooMuch(results: readonly Held[]): boolean {
  const buffers = new Set(results.map(({ list }) => list.order?.buffer));
  const orders = [...buffers].reduce((sum, buffer) => sum + (buffer?.byteLength ?? 0), 0);
  return results.reduce((sum, { list }) => sum + list.bytes, orders) > mostHeldBytes;
}

/** The row of an image of a result in the index as it is now, which may have been loaded anew since; -1 where it is no more. */
function rowNow({ keys }: Held, index: ImageIndex, row: number): number {
  return keys === index.table.keys ? row : index.rowOf(keyOf(keys, row));
}

function isIn(set: Bitmap, row: number): boolean {
  return row >= 0 && hasRow(set, row);
}

function positionOf({ list, keys }: Held, index: ImageIndex, key: ImageKey): number | null {
  if (keys === index.table.keys) {
    const row = index.rowOf(key);
    return row < 0 ? null : (list.positionOf(row) ?? null);
  }
  for (let row = keys.ids.indexOf(key.id); row >= 0; row = keys.ids.indexOf(key.id, row + 1)) {
    const position = keyOf(keys, row).accountId === key.accountId ? list.positionOf(row) : undefined;
    if (position !== undefined) return position;
  }
  return null;
}

function markScale(result: Held, index: ImageIndex, steps: number) {
  return spreadPositions(result.list.length, steps).map((position) => {
    const row = rowNow(result, index, result.list.slice(position, position + 1)[0] ?? -1);
    return { position, value: row < 0 ? null : valueOf(index.table, row, result.sort.key) };
  });
}

/** `sortValue` (domain/query/order.ts) of a row. */
function valueOf(table: ImageTable, row: number, key: SortKey): number | string | null {
  const { keys, numbers, codes, sets } = table;
  switch (key) {
    case 'id':
      return keys.ids[row] ?? 0;
    case 'size':
      return hasRow(sets.sized, row) ? (numbers.sizes[row] ?? null) : null;
    case 'seen':
      return numbers.firstSeen[row] ?? 0;
    case 'width':
      return numbers.widths[row] === unknownWhole ? null : (numbers.widths[row] ?? null);
    case 'name':
      return nameOf(table, row);
    case 'ext':
      return table.exts.text(codes.exts[row] ?? 0);
    case 'folder':
      return table.folders.text(codes.folders[row] ?? 0);
  }
}

function columnsOf(keys: RowKeys, rows: Uint32Array): KeyColumns {
  const ids = new Float64Array(rows.length);
  const accountIds = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    ids[at] = keys.ids[row] ?? 0;
    accountIds[at] = keys.accountIds[keys.accounts[row] ?? 0] ?? 0;
  }
  return { ids, accountIds };
}

function tooSlow() {
  return failure(
    'query-mistake',
    'The regular expression takes too long on so many names and was stopped. Write it with fewer repetitions, or name a part of the text beside it.',
  );
}
