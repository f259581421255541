import { Buffer } from 'node:buffer';
import { normalize } from '../../../domain/text/normalize.ts';
import { compileWildcard } from '../../../domain/query/pattern/wildcard.ts';
import {
  countRows,
  filterRows,
  growBitmap,
  hasRow,
  intersect,
  setRow,
  subtract,
  unite,
  type Bitmap,
} from './bitmap.ts';
import { narrow } from './gram-slices.ts';
import { keepTexts } from '../table/keep-texts.ts';
import type { ImageTable } from '../table/image-table.ts';
import { readText, type TextArena } from '../table/text-arena.ts';

/** Which names hold a text, or are what a wildcard says. */
export type NameTests = {
  text(text: string, within: Bitmap): Bitmap;
  wildcard(pattern: string, within: Bitmap): Bitmap;
  /** These rows are new, or no more, or have another name; the table knows it already. */
  follow(rows: readonly number[]): void;
};

type Kept = { readonly needle: Uint8Array; rows: Bitmap };

const mostKept = 24;
/** Beyond, what was found is sooner found again than brought up to date. */
const mostFollowed = 4096;

/** What was found for single texts is kept: as one types on, only what was found before can be found again. */
export function createNameTests(table: ImageTable): NameTests {
  const kept = new Map<string, Kept>();
  const everywhere = (text: string, needle: Uint8Array): Bitmap => {
    const known = kept.get(text);
    if (known !== undefined) {
      kept.delete(text);
      kept.set(text, known);
      return known.rows;
    }
    const candidates = table.sets.live.slice();
    const shorter = [...kept].filter(([other]) => text.includes(other));
    for (const [, { rows }] of shorter) intersect(candidates, rows);
    const starts = shorter.map(([other]) => (text.startsWith(other) ? other.length : 0));
    const held = Buffer.byteLength(text.slice(0, Math.max(0, ...starts)));
    const rows = findText(table, needle, candidates, held);
    kept.set(text, { needle, rows });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return rows;
  };
  return {
    text(typed, within) {
      const text = normalize(typed);
      if (text === '') return within.slice();
      // A lone half of a pair stands in no UTF-8.
      if (!text.isWellFormed()) return filterRows(within, (row) => readText(table.names, row).includes(text));
      const needle = Buffer.from(text);
      // Of a few rows it is sooner asked than of all.
      if (!kept.has(text) && countRows(within) < table.rows / 8) {
        return findText(table, needle, within.slice());
      }
      return intersect(within.slice(), everywhere(text, needle));
    },
    wildcard(typed, within) {
      const pattern = normalize(typed);
      const matches = compileWildcard(pattern);
      const candidates = within.slice();
      if (pattern.isWellFormed()) {
        for (const part of pattern.split('*')) if (part !== '') narrow(table.slices, Buffer.from(part), candidates);
        return keepMatching(table.names, pattern, candidates);
      }
      return filterRows(candidates, (row) => matches(readText(table.names, row)));
    },
    follow(rows) {
      if (rows.length > mostFollowed) return kept.clear();
      for (const found of kept.values()) followRows(table, found, rows);
    },
  };
}

function followRows(table: ImageTable, found: Kept, rows: readonly number[]): void {
  const { names, sets } = table;
  const holds = createHolds(names, found.needle);
  if (found.rows.length < sets.live.length) found.rows = growBitmap(found.rows, table.capacity);
  for (const row of rows) {
    const start = names.starts[row] ?? 0;
    setRow(found.rows, row, hasRow(sets.live, row) && holds(start, start + (names.lengths[row] ?? 0)));
  }
}

/** Keeps of the candidates those whose name holds the bytes; the first `known` of them each does. */
function findText(table: ImageTable, needle: Uint8Array, candidates: Bitmap, known = 0): Bitmap {
  const unread = narrow(table.slices, needle, candidates, known);
  if (unread === 'none') return candidates;
  if (unread === 'all') return keepHolding(table.names, needle, candidates);
  const { open } = table.slices.pairLists;
  const found = keepHolding(table.names, needle, intersect(candidates.slice(), open));
  return unite(subtract(candidates, open), found);
}

/** Every name of `rows` is read; only those that hold the bytes stay. */
function keepHolding(arena: TextArena, needle: Uint8Array, rows: Bitmap): Bitmap {
  return keepTexts(arena, rows, createHolds(arena, needle));
}

/** Whether the bytes stand in the arena between two places. */
function createHolds({ bytes }: TextArena, needle: Uint8Array): (start: number, end: number) => boolean {
  const length = needle.length;
  const first = needle[0] ?? 0;
  return (start, end) => {
    const last = end - length;
    for (let at = start; at <= last; at++) {
      if (bytes[at] !== first) continue;
      let same = 1;
      while (same < length && bytes[at + same] === needle[same]) same += 1;
      if (same === length) return true;
    }
    return false;
  };
}

/** `compileWildcard` (domain/query/pattern/wildcard.ts) over bytes: only rows that it matches stay. */
function keepMatching(arena: TextArena, pattern: string, rows: Bitmap): Bitmap {
  const { bytes } = arena;
  const parts = pattern.split('*').map((part) => Buffer.from(part));
  const first = parts[0] ?? Buffer.alloc(0);
  const last = parts.at(-1) ?? first;
  const middle = parts.slice(1, -1).filter((part) => part.length > 0);
  return keepTexts(arena, rows, (start, end) => {
    const length = end - start;
    if (length < first.length + last.length || !isAt(bytes, start, first)) return false;
    if (parts.length === 1) return length === first.length;
    const lastStart = end - last.length;
    return isAt(bytes, lastStart, last) && standInTurn(bytes, start + first.length, lastStart, middle);
  });
}

function standInTurn(bytes: Uint8Array, from: number, end: number, parts: readonly Uint8Array[]): boolean {
  let at = from;
  for (const part of parts) {
    const first = part[0];
    const last = end - part.length;
    while (at <= last && (bytes[at] !== first || !isAt(bytes, at, part))) at += 1;
    if (at > last) return false;
    at += part.length;
  }
  return true;
}

function isAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let at = 0; at < part.length; at++) if (bytes[start + at] !== part[at]) return false;
  return true;
}
