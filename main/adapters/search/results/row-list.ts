import type { Sort } from '../../../domain/query/query-tree.ts';
import { countRows, forEachRow, hasRow, type Bitmap } from '../evaluate/bitmap.ts';
import { compileCompare } from '../order/compare-rows.ts';
import type { ImageTable } from '../table/image-table.ts';
import type { Orders } from '../order/orders.ts';

/** A set of rows in an order, by position from 0. What it was made of may change; it does not. */
export type RowList = {
  readonly length: number;
  /** From position `from` up to, and without, `to`. */
  slice(from: number, to: number): Uint32Array;
  /** Undefined where it is not in the list. */
  positionOf(row: number): number | undefined;
  /** How much memory it keeps for itself, in bytes, but for `order`. */
  readonly bytes: number;
  /** The order that it keeps from being forgotten. */
  readonly order: Uint32Array | null;
};

/** Up to so many, the rows themselves are sorted and kept, rather than the set and an order. */
const fewRows = 256;
const blockRows = 4096;

export function listRows(table: ImageTable, orders: Orders, set: Bitmap, sort: Sort, length = countRows(set)): RowList {
  if (length <= fewRows) {
    const rows = new Uint32Array(length);
    let at = 0;
    forEachRow(set, (row) => (rows[at++] = row));
    return listed(rows.sort(compileCompare(table, sort)));
  }
  return counted(orders.rows(sort), set, length);
}

function listed(rows: Uint32Array): RowList {
  return {
    length: rows.length,
    slice: (from, to) => rows.subarray(from, to),
    positionOf(row) {
      const at = rows.indexOf(row);
      return at < 0 ? undefined : at;
    },
    bytes: rows.byteLength,
    order: null,
  };
}

/** The set's rows from place `start` of the order on, so many of them. */
function walk(order: Uint32Array, start: number, set: Bitmap, count: number): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let at = start; at < order.length && found < count; at++) {
    const row = order[at] ?? 0;
    if (hasRow(set, row)) rows[found++] = row;
  }
  return found === count ? rows : rows.subarray(0, found);
}

function counted(order: Uint32Array, set: Bitmap, length: number): RowList {
  let counts: Uint32Array | undefined;
  // How many of the set stand before each block of the order: once counted, any range is found by reading one block more.
  const before = () => (counts ??= countBlocks(order, set));
  return {
    length,
    slice(from, to) {
      const count = Math.max(0, Math.min(to, length) - from);
      if (from === 0) return walk(order, 0, set, count);
      const blocks = before();
      const block = lastNotAbove(blocks, from);
      const skipped = from - (blocks[block] ?? 0);
      return walk(order, block * blockRows, set, skipped + count).subarray(skipped);
    },
    positionOf(row) {
      if (!hasRow(set, row)) return undefined;
      const at = order.indexOf(row);
      const block = Math.floor(at / blockRows);
      let position = before()[block] ?? 0;
      for (let place = block * blockRows; place < at; place++) if (hasRow(set, order[place] ?? 0)) position += 1;
      return position;
    },
    bytes: set.byteLength,
    order,
  };
}

function countBlocks(order: Uint32Array, set: Bitmap): Uint32Array {
  const counts = new Uint32Array(Math.ceil(order.length / blockRows) + 1);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    if (at % blockRows === 0) counts[at / blockRows] = count;
    if (hasRow(set, order[at] ?? 0)) count += 1;
  }
  counts[counts.length - 1] = count;
  return counts;
}

/** The last block before which no more than so many stand. */
function lastNotAbove(counts: Uint32Array, position: number): number {
  let low = 0;
  let high = counts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((counts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
