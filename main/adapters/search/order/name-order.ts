import { compareText } from '../../../domain/text/natural-order.ts';
import { nameOf, type ImageTable } from '../table/image-table.ts';
import { naturalRoom, writeNaturalKey } from './natural-bytes.ts';
import { sortPairs } from './sort-pairs.ts';

/** How many bytes of a key are compared at once: a number to the base of 257 that a float holds exactly. */
const chunkBytes = 6;
const fewNames = 10;

type Keys = { bytes: Uint8Array; readonly starts: Uint32Array };

/**
 * The rows by their names in natural order, then by how the names are written; those with the same name stay as they
 * stand in `rows`.
 */
export function orderByName(table: ImageTable, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const keys = writeKeys(table, rows);
  // Positions in `rows`, which are sorted piece by piece of their keys.
  const order = new Uint32Array(rows.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  const chunks = new Float64Array(rows.length);
  const open: { readonly from: number; readonly to: number; readonly depth: number }[] = [];
  if (rows.length > 1) open.push({ from: 0, to: rows.length, depth: 0 });
  const nameAt = (position: number) => nameOf(table, rows[position] ?? 0);
  for (let group = open.pop(); group !== undefined; group = open.pop()) {
    const { from, to, depth } = group;
    if (to - from <= fewNames) {
      sortFew(
        order,
        from,
        to,
        (one, other) => compareAt(keys, one, other, depth) || compareText(nameAt(one), nameAt(other)),
      );
      continue;
    }
    for (let at = from; at < to; at++) chunks[at] = chunkOf(keys, order[at] ?? 0, depth);
    sortPairs(chunks, order, from, to);
    for (let start = from; start < to;) {
      const chunk = chunks[start] ?? 0;
      let end = start + 1;
      while (end < to && chunks[end] === chunk) end += 1;
      if (end - start > 1) {
        // The last place of a chunk is 0 where the key has ended.
        if (chunk % 257 === 0) sortSame(order, start, end, nameAt);
        else open.push({ from: start, to: end, depth: depth + chunkBytes });
      }
      start = end;
    }
  }
  for (let at = 0; at < order.length; at++) order[at] = rows[order[at] ?? 0] ?? 0;
  return order;
}

function writeKeys(table: ImageTable, rows: Uint32Array): Keys {
  const { bytes, starts, lengths } = table.names;
  const keys: Keys = { bytes: new Uint8Array(table.names.used * 1.4 + 4096), starts: new Uint32Array(rows.length + 1) };
  let at = 0;
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position] ?? 0;
    const start = starts[row] ?? 0;
    const length = lengths[row] ?? 0;
    if (at + naturalRoom(length) > keys.bytes.length) {
      const longer = new Uint8Array(keys.bytes.length * 1.5 + naturalRoom(length));
      longer.set(keys.bytes);
      keys.bytes = longer;
    }
    at = writeNaturalKey(bytes, start, start + length, keys.bytes, at);
    keys.starts[position + 1] = at;
  }
  return keys;
}

function chunkOf({ bytes, starts }: Keys, position: number, depth: number): number {
  const end = starts[position + 1] ?? 0;
  let at = (starts[position] ?? 0) + depth;
  let chunk = 0;
  for (let count = 0; count < chunkBytes; count++, at++) chunk = chunk * 257 + (at < end ? (bytes[at] ?? 0) + 1 : 0);
  return chunk;
}

function compareAt({ bytes, starts }: Keys, one: number, other: number, depth: number): number {
  const oneEnd = starts[one + 1] ?? 0;
  const otherEnd = starts[other + 1] ?? 0;
  let oneAt = (starts[one] ?? 0) + depth;
  let otherAt = (starts[other] ?? 0) + depth;
  while (oneAt < oneEnd && otherAt < otherEnd) {
    const difference = (bytes[oneAt] ?? 0) - (bytes[otherAt] ?? 0);
    if (difference !== 0) return difference;
    oneAt += 1;
    otherAt += 1;
  }
  return oneEnd - oneAt - (otherEnd - otherAt);
}

/** By insertion: equal ones keep their order. */
function sortFew(order: Uint32Array, from: number, to: number, compare: (one: number, other: number) => number): void {
  for (let next = from + 1; next < to; next++) {
    const position = order[next] ?? 0;
    let at = next;
    for (; at > from && compare(order[at - 1] ?? 0, position) > 0; at--) order[at] = order[at - 1] ?? 0;
    order[at] = position;
  }
}

/** Names that differ at most in how they are written. */
function sortSame(order: Uint32Array, from: number, to: number, nameAt: (position: number) => string): void {
  const named = Array.from(order.subarray(from, to), (position) => ({ position, name: nameAt(position) }));
  named.sort((one, other) => compareText(one.name, other.name));
  for (const [index, { position }] of named.entries()) order[from + index] = position;
}
