import type { ImageKey } from '../domain/image.ts';
import { newestFirst, type Sort, type SortKey } from '../domain/query/query-tree.ts';
import { createBitmap, hasRow, setRow } from './bitmap.ts';
import { compileCompare, sortValues } from './compare-rows.ts';
import type { ImageTable } from './image-table.ts';
import { orderByName } from './name-order.ts';
import { sortWhole } from './sort-whole.ts';
import { isSameText } from './text-arena.ts';

/** By what they sort, the rows that are to stand elsewhere. */
export type MovedRows = ReadonlyMap<SortKey, readonly number[]>;

/** What orders may take, in bytes: the ten of the interface's menu, up to a million images. Another takes a moment. */
const usualBytes = 42_000_000;
const fewestKept = 3;

export type Orders = {
  /** Every row of the table in this order, images that are no more too. It never changes: a later one is another array. */
  rows(sort: Sort): Uint32Array<ArrayBuffer>;
  has(sort: Sort): boolean;
  /** How many are kept. */
  count(): number;
  /** Another one would take the place of one that is kept. */
  isFull(): boolean;
  /** Makes it, for whoever asks for it later. */
  prepare(sort: Sort): void;
  /** Gives an order that was kept of this very table. */
  restore(sort: Sort, rows: Uint32Array<ArrayBuffer>): void;
  kept(): { readonly sort: Sort; readonly rows: Uint32Array<ArrayBuffer> }[];
  /** The row of an image, or -1; it may be no more. */
  find(key: ImageKey): number;
  /** Tells of rows that moved; rows that were appended are seen by themselves. Each order catches up when it is wanted. */
  change(moved: MovedRows): void;
  /** Lets one order catch up that no one has asked for since it changed; false where there is none. */
  settle(): boolean;
};

/**
 * The first `length` rows of the table, in order but for those that `moved` since. `array` has room behind them; once it
 * was given out it is not written to any more.
 */
type Kept = {
  readonly sort: Sort;
  array: Uint32Array<ArrayBuffer>;
  length: number;
  moved: number[];
  isGivenOut: boolean;
};

export function createOrders(table: ImageTable, mostBytes = usualBytes): Orders {
  /** Asked for last, last. */
  const orders = new Map<string, Kept>();
  const mostKept = () => Math.max(fewestKept, Math.floor(mostBytes / (4 * table.rows + 1)));
  const forget = () => {
    for (const [name, { sort }] of orders) {
      if (orders.size < mostKept()) break;
      if (!isNewestFirst(sort) && sort.key !== 'name') orders.delete(name);
    }
  };
  const keep = (sort: Sort, array: Uint32Array<ArrayBuffer>): Kept => {
    const made = { sort, array, length: array.length, moved: [], isGivenOut: false };
    orders.delete(nameOfSort(sort));
    forget();
    orders.set(nameOfSort(sort), made);
    return made;
  };
  const get = (sort: Sort): Kept => {
    const known = orders.get(nameOfSort(sort));
    if (known !== undefined && catchUp(table, known)) return known;
    if (isNewestFirst(sort)) return keep(sort, orderByIdentity(table));
    const other = orders.get(nameOfSort({ key: sort.key, descending: !sort.descending }));
    if (other !== undefined && catchUp(table, other)) return keep(sort, turnRound(table, sort.key, view(other)));
    if (sort.key !== 'name') return keep(sort, orderByValue(table, sort.key, sort.descending, view(get(newestFirst))));
    const rising = orderByName(table, view(get(newestFirst)));
    return keep(sort, sort.descending ? turnRound(table, 'name', rising) : rising);
  };
  return {
    rows(sort) {
      const order = get(sort);
      orders.delete(nameOfSort(sort));
      orders.set(nameOfSort(sort), order);
      order.isGivenOut = true;
      return view(order);
    },
    has: (sort) => orders.has(nameOfSort(sort)),
    count: () => orders.size,
    isFull: () => orders.size >= mostKept(),
    prepare: (sort) => void get(sort),
    restore: (sort, rows) => void keep(sort, rows),
    kept: () => [...orders.values()].map(({ sort }) => ({ sort, rows: view(get(sort)) })),
    find: (key) => findRow(table, view(get(newestFirst)), key),
    change(moved) {
      for (const order of orders.values()) for (const row of moved.get(order.sort.key) ?? []) order.moved.push(row);
    },
    settle() {
      const stale = [...orders.values()].find((order) => isStale(table, order));
      if (stale !== undefined) get(stale.sort);
      return stale !== undefined;
    },
  };
}

function nameOfSort({ key, descending }: Sort): string {
  return `${key}-${descending ? 'desc' : 'asc'}`;
}

function isNewestFirst(sort: Sort): boolean {
  return nameOfSort(sort) === nameOfSort(newestFirst);
}

function view({ array, length }: Kept): Uint32Array<ArrayBuffer> {
  return array.subarray(0, length);
}

function orderByIdentity({ rows, keys }: ImageTable): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  const { ids, accounts, accountIds } = keys;
  if (accountIds.length > 1) sortWhole(order, (row) => accountIds[accounts[row] ?? 0] ?? 0);
  sortWhole(order, (row) => -(ids[row] ?? 0));
  return order;
}

function orderByValue(
  table: ImageTable,
  key: Exclude<SortKey, 'name'>,
  descending: boolean,
  newest: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  const value = sortValues(table, key);
  const order = newest.slice();
  sortWhole(order, (row) => {
    const known = value(row);
    return Number.isNaN(known) ? Infinity : descending ? -known : known;
  });
  return order;
}

/** The other way round; those that sort alike stay as they stand, and unknown ones at the end. */
function turnRound(table: ImageTable, key: SortKey, order: Uint32Array): Uint32Array<ArrayBuffer> {
  const isSame = compileSame(table, key);
  const turned = new Uint32Array(order.length);
  const known = key === 'name' ? order.length : countKnown(sortValues(table, key), order);
  turned.set(order.subarray(known), known);
  let at = 0;
  for (let end = known; end > 0;) {
    let start = end - 1;
    const last = order[start] ?? 0;
    while (start > 0 && isSame(order[start - 1] ?? 0, last)) start -= 1;
    for (let place = start; place < end; place++) turned[at++] = order[place] ?? 0;
    end = start;
  }
  return turned;
}

function compileSame(table: ImageTable, key: SortKey): (one: number, other: number) => boolean {
  if (key === 'name') return (one, other) => hasSameName(table, one, other);
  const value = sortValues(table, key);
  return (one, other) => value(one) === value(other);
}

function countKnown(value: (row: number) => number, order: Uint32Array): number {
  let known = order.length;
  while (known > 0 && Number.isNaN(value(order[known - 1] ?? 0))) known -= 1;
  return known;
}

function hasSameName({ names, rawNames }: ImageTable, one: number, other: number): boolean {
  return isSameText(names, one, other) && isSameText(rawNames, one, other);
}

function findRow({ keys }: ImageTable, newest: Uint32Array, { accountId, id }: ImageKey): number {
  const { ids, accounts, accountIds } = keys;
  let low = 0;
  let high = newest.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = newest[middle] ?? 0;
    const other = ids[row] ?? 0;
    if (other > id || (other === id && (accountIds[accounts[row] ?? 0] ?? 0) < accountId)) low = middle + 1;
    else high = middle;
  }
  const row = newest[low];
  if (row === undefined || ids[row] !== id || accountIds[accounts[row] ?? 0] !== accountId) return -1;
  return row;
}

function isStale({ rows }: ImageTable, { length, moved }: Kept): boolean {
  return length < rows || moved.length > 0;
}

/** Moves what moved and adds what was added. False where that is so much that sorting again is quicker. */
function catchUp(table: ImageTable, order: Kept): boolean {
  if (!isStale(table, order)) return true;
  const known = order.length;
  const moved = [...new Set(order.moved)].filter((row) => row < known);
  const added = table.rows - known;
  if (moved.length + added > 1000 + table.rows / 8) return false;
  const compare = compileCompare(table, order.sort);
  const inserted = new Uint32Array(moved.length + added);
  inserted.set(moved);
  for (let at = 0; at < added; at++) inserted[moved.length + at] = known + at;
  if (order.isGivenOut || order.array.length < table.rows) {
    const room = new Uint32Array(Math.ceil(table.rows * (added === 0 ? 1 : 1.1)) + 64);
    room.set(view(order));
    order.array = room;
    order.isGivenOut = false;
  }
  const kept = moved.length === 0 ? known : takeOut(order, createSet(table, moved));
  insert(order.array, kept, inserted.sort(compare), compare);
  order.length = table.rows;
  order.moved = [];
  return true;
}

function createSet(table: ImageTable, rows: readonly number[]) {
  const set = createBitmap(table.capacity);
  for (const row of rows) setRow(set, row, true);
  return set;
}

function takeOut({ array, length }: Kept, gone: ReturnType<typeof createBitmap>): number {
  let kept = 0;
  for (let at = 0; at < length; at++) {
    const row = array[at] ?? 0;
    if (!hasRow(gone, row)) array[kept++] = row;
  }
  return kept;
}

/** Merges sorted rows in from the end, each stretch between them moved once. */
function insert(
  array: Uint32Array,
  length: number,
  inserted: Uint32Array,
  compare: (one: number, other: number) => number,
): void {
  let end = length;
  for (let index = inserted.length - 1; index >= 0; index--) {
    const row = inserted[index] ?? 0;
    let low = 0;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(array[middle] ?? 0, row) < 0) low = middle + 1;
      else high = middle;
    }
    array.copyWithin(low + index + 1, low, end);
    array[low + index] = row;
    end = low;
  }
}
