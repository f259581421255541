import { compareText } from '../../../domain/text/natural-order.ts';
import type { Sort, SortKey } from '../../../domain/query/query-tree.ts';
import { hasRow } from '../evaluate/bitmap.ts';
import { knownInteger, nameOf, type ImageTable } from '../table/image-table.ts';
import { compareKeys, naturalRoom, writeNaturalKey } from './natural-bytes.ts';

export type CompareRows = (one: number, other: number) => number;

/** What a row sorts by, as a number; NaN is not known. Names have none. */
export function sortValues(table: ImageTable, key: Exclude<SortKey, 'name'>): (row: number) => number {
  const { keys, numbers, codes, sets } = table;
  switch (key) {
    case 'id':
      return (row) => keys.ids[row] ?? 0;
    case 'size':
      return (row) => (hasRow(sets.sized, row) ? (numbers.sizes[row] ?? 0) : NaN);
    case 'seen':
      return (row) => numbers.firstSeen[row] ?? 0;
    case 'width':
      return (row) => knownInteger(numbers.widths, row) ?? NaN;
    case 'ext':
    case 'folder': {
      const column = key === 'ext' ? codes.exts : codes.folders;
      const ranks = (key === 'ext' ? table.exts : table.folders).ranks();
      return (row) => ranks[column[row] ?? 0] ?? 0;
    }
  }
}

/** As domain/query/order.ts has it: unknown last in both directions, ties by falling id, then by account. */
export function compileCompare(table: ImageTable, { key, descending }: Sort): CompareRows {
  const sign = descending ? -1 : 1;
  if (key === 'name') {
    const compare = compareNames(table);
    return (one, other) => sign * compare(one, other) || compareIdentity(table, one, other);
  }
  const value = sortValues(table, key);
  return (one, other) => {
    const left = value(one);
    const right = value(other);
    if (left < right) return -sign;
    if (left > right) return sign;
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || compareIdentity(table, one, other);
  };
}

function compareIdentity({ keys }: ImageTable, one: number, other: number): number {
  const { ids, accounts, accountIds } = keys;
  const byId = (ids[other] ?? 0) - (ids[one] ?? 0);
  return byId || (accountIds[accounts[one] ?? 0] ?? 0) - (accountIds[accounts[other] ?? 0] ?? 0);
}

function compareNames(table: ImageTable): CompareRows {
  const left = createScratch(table);
  const right = createScratch(table);
  return (one, other) => {
    const oneEnd = left.write(one);
    const otherEnd = right.write(other);
    return (
      compareKeys(left.bytes(), oneEnd, right.bytes(), otherEnd) ||
      compareText(nameOf(table, one), nameOf(table, other))
    );
  };
}

/** Keeps the key that was asked for last, as a search compares one name with many. */
function createScratch({ names }: ImageTable) {
  let bytes = new Uint8Array(1024);
  let kept = { row: -1, end: 0 };
  return {
    bytes: () => bytes,
    write(row: number): number {
      if (kept.row === row) return kept.end;
      const start = names.starts[row] ?? 0;
      const length = names.lengths[row] ?? 0;
      if (bytes.length < naturalRoom(length)) bytes = new Uint8Array(2 * naturalRoom(length));
      kept = { row, end: writeNaturalKey(names.bytes, start, start + length, bytes, 0) };
      return kept.end;
    },
  };
}
