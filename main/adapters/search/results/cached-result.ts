import type { ImageKey } from '../../../domain/image/image.ts';
import type { KeyColumns } from '../../../domain/image/image-list.ts';
import type { Sort, SortKey } from '../../../domain/query/query-tree.ts';
import { createBitmap, hasRow, intersect, setRow, type Bitmap } from '../evaluate/bitmap.ts';
import type { ImageIndex } from '../table/image-index.ts';
import { keyOf, knownInteger, nameOf, type ImageTable, type RowKeys } from '../table/image-table.ts';
import type { RowList } from './row-list.ts';
import { addUpRows } from './row-totals.ts';
import { spreadPositions, type Scale, type Totals } from '../engine/search-engine.ts';

/** A result as it was found: its rows are those of `keys`, which outlive the table where it is read anew. */
export type CachedResult = { readonly list: RowList; readonly keys: RowKeys; readonly sort: Sort };

const mostHeldBytes = 24_000_000;

/** Results share orders, and hold on to those of before a change. */
export function isTooMuch(results: readonly CachedResult[]): boolean {
  const buffers = new Set(results.map(({ list }) => list.order?.buffer));
  const orders = [...buffers].reduce((sum, buffer) => sum + (buffer?.byteLength ?? 0), 0);
  return results.reduce((sum, { list }) => sum + list.bytes, orders) > mostHeldBytes;
}

export function keysBetween({ list, keys }: CachedResult, from: number, to: number): ImageKey[] {
  return Array.from(list.slice(from, to), (row) => keyOf(keys, row));
}

/** Which of the rows of a result are in a set of the index as it is now. */
export function markRows(result: CachedResult, index: ImageIndex, set: Bitmap, rows: Uint32Array): boolean[] {
  return Array.from(rows, (row) => {
    const now = rowNow(result, index, row);
    return now >= 0 && hasRow(set, now);
  });
}

/** null where it is not in the result. */
export function positionOf({ list, keys }: CachedResult, index: ImageIndex, key: ImageKey): number | null {
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

export function scaleOf(result: CachedResult, index: ImageIndex, steps: number): Scale {
  const { list, sort } = result;
  const marks = spreadPositions(list.length, steps).map((position) => {
    const row = rowNow(result, index, list.slice(position, position + 1)[0] ?? -1);
    return { position, value: row < 0 ? null : valueOf(index.table, row, sort.key) };
  });
  return { sort, marks };
}

export function keyColumns(keys: RowKeys, rows: Uint32Array): KeyColumns {
  const ids = new Float64Array(rows.length);
  const accountIds = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    ids[at] = keys.ids[row] ?? 0;
    accountIds[at] = keys.accountIds[keys.accounts[row] ?? 0] ?? 0;
  }
  return { ids, accountIds };
}

/** Adds up the images of a result as they are now, without those that are no longer in the library. */
export function addUpResult(index: ImageIndex, result: CachedResult): Totals {
  const rows = createBitmap(index.table.capacity);
  for (const row of result.list.slice(0, result.list.length)) {
    const now = rowNow(result, index, row);
    if (now >= 0) setRow(rows, now, true);
  }
  return addUpRows(index.table, intersect(rows, index.table.sets.live));
}

/** The row of an image of a result in the index, which may have been read anew since; -1 where it is no more. */
export function rowNow({ keys }: CachedResult, index: ImageIndex, row: number): number {
  return keys === index.table.keys ? row : index.rowOf(keyOf(keys, row));
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
      return knownInteger(numbers.widths, row);
    case 'name':
      return nameOf(table, row);
    case 'ext':
      return table.exts.text(codes.exts[row] ?? 0);
    case 'folder':
      return table.folders.text(codes.folders[row] ?? 0);
  }
}
