import { parseQuery, sortOf } from '../domain/query/parse-query.ts';
import type { QueryNode } from '../domain/query/query-tree.ts';
import { evaluateSelection, type ImageSet, type Selection, type SelectionStep } from '../domain/selection.ts';
import { createBitmap, hasRow, setRow, subtract, toggle, unite, type Bitmap } from './bitmap.ts';
import { isLive } from './image-table.ts';
import type { ImageIndex } from './image-index.ts';

/** The rows that a selection means; undefined where regular expressions have more to be asked (`ImageIndex.find`). */
export function selectRows(index: ImageIndex, selection: Selection, now: number): Bitmap | undefined {
  const open: ImageSet[] = [];
  const rows = evaluateSelection<Bitmap>(selection, {
    empty: () => createBitmap(index.table.capacity),
    find(what) {
      const found = findSet(index, what, now);
      if (found === undefined) open.push(what);
      return found ?? createBitmap(0);
    },
    combine,
  });
  return open.length > 0 ? undefined : rows;
}

/** Whether it may mean others as time goes by, though nothing in the catalogue changes. */
export function dependsOnTime(selection: Selection): boolean {
  return selection.some(({ what }) => what.kind !== 'images' && namesTime(parseQuery(what.query).tree));
}

function namesTime(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(namesTime);
  return node.kind === 'not' ? namesTime(node.child) : node.kind === 'seen';
}

function combine(how: SelectionStep['how'], into: Bitmap, what: Bitmap): Bitmap {
  if (how === 'add') return unite(into, what);
  return how === 'remove' ? subtract(into, what) : toggle(into, what);
}

function findSet(index: ImageIndex, what: ImageSet, now: number): Bitmap | undefined {
  if (what.kind === 'images') {
    const rows = createBitmap(index.table.capacity);
    for (const key of what.images) {
      const row = index.rowOf(key);
      if (row >= 0 && isLive(index.table, row)) setRow(rows, row, true);
    }
    return rows;
  }
  const query = parseQuery(what.query);
  const found = index.find(query.tree, now);
  if (what.kind === 'result' || found === undefined) return found;
  const order = index.orders.rows(sortOf(query));
  const rows = createBitmap(index.table.capacity);
  const ends = [what.from, what.to].map(index.rowOf);
  if (!ends.every((row) => row >= 0 && hasRow(found, row))) return rows;
  const [first = 0, last = -1] = ends.map((row) => order.indexOf(row)).sort((one, other) => one - other);
  for (let at = first; at <= last; at++) {
    const row = order[at] ?? 0;
    if (hasRow(found, row)) setRow(rows, row, true);
  }
  return rows;
}
