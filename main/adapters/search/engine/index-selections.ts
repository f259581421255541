import { parseQuery } from '../../../domain/query/parse/parse-query.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { ImageSet, SelectionChange } from '../../../domain/image/selection.ts';
import {
  countRows,
  createBitmap,
  forEachRow,
  growBitmap,
  intersect,
  setRow,
  subtract,
  toggle,
  unite,
  type Bitmap,
} from '../evaluate/bitmap.ts';
import type { Handles } from './handles.ts';
import { positionOf, rowNow, type CachedResult } from '../results/cached-result.ts';
import { isLive, keyOf } from '../table/image-table.ts';
import type { ImageIndex } from '../table/image-index.ts';
import { addUpRows } from '../results/row-totals.ts';
import { unknownHandle, type SelectionTotals } from './search-engine.ts';

/** The rows that are selected, and how many images were lost with their rows when the table was read again. */
export type SelectedRows = { readonly rows: Bitmap; readonly lost: number };

export type FoundSet = { readonly rows: Bitmap; readonly isAnchored: boolean };

export const nothingSelected: SelectedRows = { rows: createBitmap(0), lost: 0 };

/**
 * Evaluates the images that a change names; fails if their result is no longer held. Returns undefined if regular
 * expressions need more time (`ImageIndex.find`).
 */
export function findSet(
  index: ImageIndex,
  results: Pick<Handles<CachedResult>, 'get'>,
  what: ImageSet,
  now: number,
): Result<FoundSet> | undefined {
  if (what.kind === 'images') return ok({ rows: rowsOfImages(index, what.images), isAnchored: true });
  if (what.kind === 'query') {
    const rows = index.find(parseQuery(what.query).tree, now);
    return rows && ok({ rows, isAnchored: true });
  }
  const result = results.get(what.handle);
  if (result === undefined) return fail(unknownHandle());
  if (what.kind === 'positions') return ok({ rows: rowsBetween(index, result, what.from, what.to), isAnchored: true });
  const [from, to] = [what.from, what.to].map((key) => positionOf(result, index, key));
  if (typeof from !== 'number' || typeof to !== 'number') {
    return ok({ rows: rowsOfImages(index, [what.to]), isAnchored: false });
  }
  return ok({ rows: rowsBetween(index, result, Math.min(from, to), Math.max(from, to) + 1), isAnchored: true });
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

const notSought = -2;

/** Moves selections from one table to the one that was read in its place, by the images' keys. */
export function createRowMover({ table }: ImageIndex, after: ImageIndex): (selected: SelectedRows) => SelectedRows {
  // Many selections share most of their rows: each is looked up once.
  const rowAfter = new Int32Array(table.rows).fill(notSought);
  const find = (row: number): number => {
    if (rowAfter[row] === notSought) rowAfter[row] = after.rowOf(keyOf(table.keys, row));
    return rowAfter[row] ?? -1;
  };
  return ({ rows, lost }) => {
    const moved = createBitmap(after.table.capacity);
    let missing = lost;
    forEachRow(rows, (row) => {
      const now = find(row);
      if (now < 0) missing += 1;
      else setRow(moved, now, true);
    });
    return { rows: moved, lost: missing };
  };
}

function rowsOfImages(index: ImageIndex, images: Extract<ImageSet, { kind: 'images' }>['images']): Bitmap {
  const rows = createBitmap(index.table.capacity);
  for (const key of images) {
    const row = index.rowOf(key);
    if (row >= 0 && isLive(index.table, row)) setRow(rows, row, true);
  }
  return rows;
}

function rowsBetween(index: ImageIndex, result: CachedResult, from: number, to: number): Bitmap {
  const rows = createBitmap(index.table.capacity);
  for (const row of result.list.slice(from, to)) {
    const now = rowNow(result, index, row);
    if (now >= 0 && isLive(index.table, now)) setRow(rows, now, true);
  }
  return rows;
}
