import type { ImageKey } from '../domain/image.ts';
import { newestFirst, type Sort, type SortKey } from '../domain/query/query-tree.ts';
import { createBitmap, hasRow, setRow } from './bitmap.ts';
import { compileCompare, sortValues } from './compare-rows.ts';
import type { ImageTable } from './image-table.ts';
import { orderByName } from './name-order.ts';
import { sortPairs } from './sort-pairs.ts';
import { isSameText } from './text-arena.ts';

/** Rows that were appended, and by what they sort those that are to stand elsewhere. */
export type OrderChange = {
  readonly added: readonly number[];
  readonly moved: ReadonlyMap<SortKey, readonly number[]>;
};

export type Orders = {
  /** Every row of the table in this order, images that are no more too. It never changes: a later one is another array. */
  rows(sort: Sort): Uint32Array<ArrayBuffer>;
  has(sort: Sort): boolean;
  /** Makes it, for whoever asks for it later. */
  prepare(sort: Sort): void;
  /** Gives an order that was kept of this very table. */
  restore(sort: Sort, rows: Uint32Array<ArrayBuffer>): void;
  kept(): { readonly sort: Sort; readonly rows: Uint32Array<ArrayBuffer> }[];
  /** The row of an image, or -1; it may be no more. */
  find(key: ImageKey): number;
  /** Every order that was made is brought up to date. */
  change(change: OrderChange): void;
};

/** `array` has room behind `length`; once it was given out it is not written to any more. */
type Kept = { readonly sort: Sort; array: Uint32Array<ArrayBuffer>; length: number; isGivenOut: boolean };

export function createOrders(table: ImageTable): Orders {
  const orders = new Map<string, Kept>();
  const keep = (sort: Sort, array: Uint32Array<ArrayBuffer>): Kept => {
    const made = { sort, array, length: array.length, isGivenOut: false };
    orders.set(nameOfSort(sort), made);
    return made;
  };
  const get = (sort: Sort): Kept => {
    const known = orders.get(nameOfSort(sort));
    if (known !== undefined) return known;
    if (isNewestFirst(sort)) return keep(sort, orderByIdentity(table));
    if (sort.key !== 'name') return keep(sort, orderByValue(table, sort.key, sort.descending, view(get(newestFirst))));
    if (sort.descending) return keep(sort, turnRound(table, view(get({ key: 'name', descending: false }))));
    return keep(sort, orderByName(table, view(get(newestFirst))));
  };
  return {
    rows(sort) {
      const order = get(sort);
      order.isGivenOut = true;
      return view(order);
    },
    has: (sort) => orders.has(nameOfSort(sort)),
    prepare: (sort) => void get(sort),
    restore: (sort, rows) => void keep(sort, rows),
    kept: () => [...orders.values()].map((order) => ({ sort: order.sort, rows: view(order) })),
    find: (key) => findRow(table, view(get(newestFirst)), key),
    change({ added, moved }) {
      for (const order of orders.values()) {
        const gone = moved.get(order.sort.key) ?? [];
        // Beyond some size sorting again is quicker than to move each.
        if (gone.length + added.length > 1000 + table.rows / 8 && !isNewestFirst(order.sort)) {
          orders.delete(nameOfSort(order.sort));
        } else if (gone.length + added.length > 0) {
          changeOrder(table, order, gone, added);
        }
      }
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
  const values = new Float64Array(rows);
  if (keys.accountIds.length > 1) {
    for (let row = 0; row < rows; row++) values[row] = keys.accountIds[keys.accounts[row] ?? 0] ?? 0;
    sortPairs(values, order);
  }
  for (let at = 0; at < rows; at++) values[at] = -(keys.ids[order[at] ?? 0] ?? 0);
  sortPairs(values, order);
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
  const values = new Float64Array(order.length);
  for (let at = 0; at < order.length; at++) {
    const known = value(order[at] ?? 0);
    values[at] = Number.isNaN(known) ? Infinity : descending ? -known : known;
  }
  sortPairs(values, order);
  return order;
}

/** From the last name to the first; images of the same name stay as they stand. */
function turnRound(table: ImageTable, rising: Uint32Array): Uint32Array<ArrayBuffer> {
  const falling = new Uint32Array(rising.length);
  let at = 0;
  for (let end = rising.length; end > 0;) {
    let start = end - 1;
    const last = rising[start] ?? 0;
    while (start > 0 && hasSameName(table, rising[start - 1] ?? 0, last)) start -= 1;
    falling.set(rising.subarray(start, end), at);
    at += end - start;
    end = start;
  }
  return falling;
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

function changeOrder(table: ImageTable, order: Kept, gone: readonly number[], added: readonly number[]): void {
  const compare = compileCompare(table, order.sort);
  const inserted = Uint32Array.from([...gone, ...added]).sort(compare);
  const length = order.length + added.length;
  if (order.isGivenOut || order.array.length < length) {
    const room = new Uint32Array(Math.ceil(length * (added.length === 0 ? 1 : 1.1)) + 64);
    room.set(view(order));
    order.array = room;
    order.isGivenOut = false;
  }
  const kept = gone.length === 0 ? order.length : takeOut(order, createSet(table, gone));
  insert(order.array, kept, inserted, compare);
  order.length = length;
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
