import type { SortKey } from '../../../domain/query/query-tree.ts';
import { sortValues } from './compare-rows.ts';
import type { ImageTable } from '../table/image-table.ts';
import { sortIntegers } from './sort-integers.ts';
import { isSameText } from '../table/text-arena.ts';

/** Newest first: by falling id, those of one id by their account. */
export function orderByIdentity({ rows, keys }: ImageTable): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  const { ids, accounts, accountIds } = keys;
  if (accountIds.length > 1) sortIntegers(order, (row) => accountIds[accounts[row] ?? 0] ?? 0);
  sortIntegers(order, (row) => -(ids[row] ?? 0));
  return order;
}

/** What is unknown stands at the end; rows that sort alike stand as in `newest`, the newest first. */
export function orderByValue(
  table: ImageTable,
  key: Exclude<SortKey, 'name'>,
  descending: boolean,
  newest: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  const value = sortValues(table, key);
  const order = newest.slice();
  sortIntegers(order, (row) => {
    const known = value(row);
    return Number.isNaN(known) ? Infinity : descending ? -known : known;
  });
  return order;
}

/** The other way round; those that sort alike stay as they stand, and unknown ones at the end. */
export function reverseRows(table: ImageTable, key: SortKey, order: Uint32Array): Uint32Array<ArrayBuffer> {
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
