import type { Sort } from '../../../domain/query/query-tree.ts';
import { createBitmap, hasRow, setRow } from '../evaluate/bitmap.ts';
import { compileCompare } from './compare-rows.ts';
import type { ImageTable } from '../table/image-table.ts';

/**
 * The first `length` rows of the table, in order but for those that `moved` since. `array` has room behind them; once it
 * was given out it is not written to any more.
 */
export type CachedOrder = {
  readonly sort: Sort;
  array: Uint32Array<ArrayBuffer>;
  length: number;
  moved: number[];
  isGivenOut: boolean;
};

export function rowsOf({ array, length }: CachedOrder): Uint32Array<ArrayBuffer> {
  return array.subarray(0, length);
}

export function isStale({ rows }: ImageTable, { length, moved }: CachedOrder): boolean {
  return length < rows || moved.length > 0;
}

/** Moves what moved and adds what was added. False where that is so much that sorting again is quicker. */
export function catchUp(table: ImageTable, order: CachedOrder): boolean {
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
    room.set(rowsOf(order));
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

function takeOut({ array, length }: CachedOrder, gone: ReturnType<typeof createBitmap>): number {
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
