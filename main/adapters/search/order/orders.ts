import type { ImageKey } from '../../../domain/image/image.ts';
import { newestFirst, type Sort, type SortKey } from '../../../domain/query/query-tree.ts';
import type { ImageTable } from '../table/image-table.ts';
import { catchUp, isStale, rowsOf, type CachedOrder } from './cached-order.ts';
import { orderByIdentity, orderByValue, reverseRows } from './make-order.ts';
import { orderByName } from './name-order.ts';

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

export function createOrders(table: ImageTable, mostBytes = usualBytes): Orders {
  /** Asked for last, last. */
  const orders = new Map<string, CachedOrder>();
  const mostKept = () => Math.max(fewestKept, Math.floor(mostBytes / (4 * table.rows + 1)));
  const forget = () => {
    for (const [name, { sort }] of orders) {
      if (orders.size < mostKept()) break;
      if (!isNewestFirst(sort) && sort.key !== 'name') orders.delete(name);
    }
  };
  const keep = (sort: Sort, array: Uint32Array<ArrayBuffer>): CachedOrder => {
    const made = { sort, array, length: array.length, moved: [], isGivenOut: false };
    orders.delete(nameOfSort(sort));
    forget();
    orders.set(nameOfSort(sort), made);
    return made;
  };
  const get = (sort: Sort): CachedOrder => {
    const known = orders.get(nameOfSort(sort));
    if (known !== undefined && catchUp(table, known)) return known;
    if (isNewestFirst(sort)) return keep(sort, orderByIdentity(table));
    const other = orders.get(nameOfSort({ key: sort.key, descending: !sort.descending }));
    if (other !== undefined && catchUp(table, other)) return keep(sort, reverseRows(table, sort.key, rowsOf(other)));
    if (sort.key !== 'name')
      return keep(sort, orderByValue(table, sort.key, sort.descending, rowsOf(get(newestFirst))));
    const rising = orderByName(table, rowsOf(get(newestFirst)));
    return keep(sort, sort.descending ? reverseRows(table, 'name', rising) : rising);
  };
  return {
    rows(sort) {
      const order = get(sort);
      orders.delete(nameOfSort(sort));
      orders.set(nameOfSort(sort), order);
      order.isGivenOut = true;
      return rowsOf(order);
    },
    has: (sort) => orders.has(nameOfSort(sort)),
    count: () => orders.size,
    isFull: () => orders.size >= mostKept(),
    prepare: (sort) => void get(sort),
    restore: (sort, rows) => void keep(sort, rows),
    kept: () => [...orders.values()].map(({ sort }) => ({ sort, rows: rowsOf(get(sort)) })),
    find: (key) => findRow(table, rowsOf(get(newestFirst)), key),
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
