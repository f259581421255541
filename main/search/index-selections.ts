import { parseQuery } from '../domain/query/parse-query.ts';
import { newestFirst } from '../domain/query/query-tree.ts';
import type { ImageSet, SelectionChange } from '../domain/selection.ts';
import { countRows, createBitmap, forEachRow, growBitmap, intersect, setRow } from './bitmap.ts';
import { subtract, toggle, unite, type Bitmap } from './bitmap.ts';
import type { Handles } from './handles.ts';
import { positionOf, rowNow, type HeldResult } from './held-result.ts';
import { isLive, keyOf } from './image-table.ts';
import type { ImageIndex } from './image-index.ts';
import { addUpRows } from './row-totals.ts';
import type { SelectionTotals } from './search-engine.ts';

/** The rows that are selected, and how many images were lost with their rows when the table was read again. */
export type SelectedRows = { readonly rows: Bitmap; readonly lost: number };

export type FoundSet = { readonly rows: Bitmap; readonly isAnchored: boolean };

export const nothingSelected: SelectedRows = { rows: createBitmap(0), lost: 0 };

/**
 * Evaluates the images that a change names; `unknown` if their result is no longer held, undefined if regular
 * expressions need more time (`ImageIndex.find`).
 */
export function findSet(
  index: ImageIndex,
  results: Pick<Handles<HeldResult>, 'get'>,
  what: ImageSet,
  now: number,
): FoundSet | 'unknown' | undefined {
  if (what.kind === 'images') return { rows: rowsOfImages(index, what.images), isAnchored: true };
  if (what.kind === 'query') {
    const rows = index.find(parseQuery(what.query).tree, now);
    return rows && { rows, isAnchored: true };
  }
  const result = results.get(what.handle);
  if (result === undefined) return 'unknown';
  if (what.kind === 'positions') return { rows: rowsBetween(index, result, what.from, what.to), isAnchored: true };
  const [from, to] = [what.from, what.to].map((key) => positionOf(result, index, key));
  if (typeof from !== 'number' || typeof to !== 'number') {
    return { rows: rowsOfImages(index, [what.to]), isAnchored: false };
  }
  return { rows: rowsBetween(index, result, Math.min(from, to), Math.max(from, to) + 1), isAnchored: true };
}

/** Returns another selection; the one that it is made of stays as it is. */
export function changeSelected(base: SelectedRows, how: SelectionChange['how'], set: Bitmap): SelectedRows {
  const rows = growBitmap(base.rows, 32 * Math.max(base.rows.length, set.length));
  const { lost } = base;
  if (how === 'add') return { rows: unite(rows, set), lost };
  return { rows: how === 'remove' ? subtract(rows, set) : toggle(rows, set), lost };
}

/** The selected rows whose images are still in the library. */
export function presentRows({ table }: ImageIndex, { rows }: SelectedRows): Bitmap {
  return intersect(rows.slice(), table.sets.live);
}

export function addUpSelected(index: ImageIndex, selected: SelectedRows): SelectionTotals {
  const totals = addUpRows(index.table, presentRows(index, selected));
  return { ...totals, lost: selected.lost + countRows(selected.rows) - totals.count };
}

/** Moves selections from one table to the one that was read in its place, by the images' keys. */
export function createRowMover(before: ImageIndex, after: ImageIndex): (selected: SelectedRows) => SelectedRows {
  const rowAfter = matchRows(before, after);
  return ({ rows, lost }) => {
    const moved = createBitmap(after.table.capacity);
    let missing = lost;
    forEachRow(rows, (row) => {
      const now = rowAfter[row] ?? -1;
      if (now < 0) missing += 1;
      else setRow(moved, now, true);
    });
    return { rows: moved, lost: missing };
  };
}

/** Maps each row of one table to the row of the same image in the other, or to -1. */
function matchRows(before: ImageIndex, after: ImageIndex): Int32Array {
  const [old, current] = [before, after].map(({ orders }) => orders.rows(newestFirst));
  const matched = new Int32Array(before.table.rows).fill(-1);
  let at = 0;
  for (const row of old ?? []) {
    const key = keyOf(before.table.keys, row);
    for (; at < (current?.length ?? 0); at++) {
      const other = keyOf(after.table.keys, current?.[at] ?? 0);
      if (other.id < key.id || (other.id === key.id && other.accountId > key.accountId)) break;
      if (other.id === key.id && other.accountId === key.accountId) {
        matched[row] = current?.[at] ?? -1;
        break;
      }
    }
  }
  return matched;
}

function rowsOfImages(index: ImageIndex, images: Extract<ImageSet, { kind: 'images' }>['images']): Bitmap {
  const rows = createBitmap(index.table.capacity);
  for (const key of images) {
    const row = index.rowOf(key);
    if (row >= 0 && isLive(index.table, row)) setRow(rows, row, true);
  }
  return rows;
}

function rowsBetween(index: ImageIndex, result: HeldResult, from: number, to: number): Bitmap {
  const rows = createBitmap(index.table.capacity);
  for (const row of result.list.slice(from, to)) {
    const now = rowNow(result, index, row);
    if (now >= 0 && isLive(index.table, now)) setRow(rows, now, true);
  }
  return rows;
}
