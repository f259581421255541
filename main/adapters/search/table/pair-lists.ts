import { countRows, type Bitmap } from '../evaluate/bitmap.ts';
import type { TextArena } from './text-arena.ts';

/**
 * Which rows hold a pair of bytes, for the pairs that are too rare for a bitmap of their own: by blocks of rows, as the
 * steps from one row to the next. Rows that were added or renamed since their block was listed are `open`: each of them
 * has to be read.
 */
export type PairLists = {
  /** By `first << 8 | second`; 0 is a pair that no row holds, or that has a bitmap. */
  readonly codes: Uint16Array<ArrayBuffer>;
  /** How many codes were given. */
  known: number;
  readonly blocks: PairBlock[];
  open: Bitmap;
  /** By block. */
  readonly openCounts: number[];
};

/** The steps of code `c` lie from `ends[c - 1]` up to, and without, `ends[c]`. */
export type PairBlock = { readonly ends: Uint32Array<ArrayBuffer>; readonly steps: Uint8Array<ArrayBuffer> };

const blockRows = 8192;
const blockWords = blockRows / 32;
/** A step as long as it can be leads to no row: another one follows. */
const longestStep = 255;
const mostOpen = 1024;
/** What it takes to read a row, in steps. */
const stepsPerRow = 16;

export function createPairLists(open: Bitmap): PairLists {
  return { codes: new Uint16Array(65_536), known: 0, blocks: [], open, openCounts: [] };
}

/** Lists all rows up to `used`; pairs for which `hasBitmap` are left out. */
export function listPairs(lists: PairLists, arena: TextArena, used: number, hasBitmap: Uint8Array): void {
  for (let block = 0; block * blockRows < used; block++) listBlock(lists, arena, block, used, hasBitmap);
}

/** The row has another text than is listed, or was not there yet. */
export function openRow(lists: PairLists, row: number): void {
  const block = Math.floor(row / blockRows);
  const word = row >>> 5;
  const bit = 1 << (row & 31);
  if (((lists.open[word] ?? 0) & bit) !== 0) return;
  lists.open[word] = (lists.open[word] ?? 0) | bit;
  lists.openCounts[block] = (lists.openCounts[block] ?? 0) + 1;
}

/** For lists whose open rows were put in place by other means. */
export function countOpen({ open, openCounts }: PairLists): void {
  for (let block = 0; block * blockWords < open.length; block++) {
    openCounts[block] = countRows(open.subarray(block * blockWords, (block + 1) * blockWords));
  }
}

/** Lists blocks anew in which many rows are open; `used` rows have their texts. */
export function closeRows(lists: PairLists, arena: TextArena, used: number, hasBitmap: Uint8Array): void {
  for (const [block, count] of lists.openCounts.entries()) {
    if (count > mostOpen) listBlock(lists, arena, block, used, hasBitmap);
  }
}

/** How many steps there are of a pair, all blocks together. */
function countSteps({ blocks }: PairLists, code: number): number {
  let count = 0;
  for (const { ends } of blocks) if (code < ends.length) count += (ends[code] ?? 0) - (ends[code - 1] ?? 0);
  return count;
}

/**
 * Keeps of `into` the rows that hold all of these pairs, and those that are open. False where it is sooner found out by
 * reading the rows that are left than by following the lists to their end.
 */
export function keepPairs(lists: PairLists, codes: readonly number[], into: Bitmap): boolean {
  const byLength = codes.map((code) => ({ code, count: countSteps(lists, code) }));
  byLength.sort((one, other) => one.count - other.count);
  let left = byLength.length === 0 ? 0 : countRows(into);
  for (const { code, count } of byLength) {
    if (count > stepsPerRow * left) return false;
    keepPair(lists, code, into);
    left = Math.min(left, count);
  }
  return true;
}

function keepPair({ blocks, open }: PairLists, code: number, into: Bitmap): void {
  const held = new Uint32Array(blockWords);
  for (let block = 0; block * blockWords < into.length; block++) {
    const first = block * blockWords;
    const end = Math.min(into.length, first + blockWords);
    if (isEmpty(into, first, end)) continue;
    held.fill(0);
    const listed = blocks[block];
    if (listed !== undefined) follow(listed, code, held);
    for (let word = first; word < end; word++) {
      into[word] = (into[word] ?? 0) & ((held[word - first] ?? 0) | (open[word] ?? 0));
    }
  }
}

function isEmpty(rows: Bitmap, from: number, to: number): boolean {
  for (let word = from; word < to; word++) if (rows[word] !== 0) return false;
  return true;
}

function follow({ ends, steps }: PairBlock, code: number, held: Bitmap): void {
  if (code >= ends.length) return;
  const end = ends[code] ?? 0;
  let row = -1;
  for (let at = ends[code - 1] ?? 0; at < end; at++) {
    const step = steps[at] ?? 0;
    row += step;
    if (step !== longestStep) held[row >>> 5] = (held[row >>> 5] ?? 0) | (1 << (row & 31));
  }
}

function listBlock(lists: PairLists, arena: TextArena, block: number, used: number, hasBitmap: Uint8Array): void {
  const first = block * blockRows;
  const end = Math.min(used, first + blockRows);
  giveCodes(lists, arena, first, end, hasBitmap);
  const { codes, known } = lists;
  // First how many steps each pair takes, then where they go.
  const ends = new Uint32Array(known + 1);
  const last = new Int32Array(known + 1).fill(-1);
  eachPair(codes, arena, first, end, (code, row) => {
    const gap = row - (last[code] ?? 0);
    if (gap === 0) return;
    ends[code] = (ends[code] ?? 0) + Math.floor(gap / longestStep) + 1;
    last[code] = row;
  });
  for (let code = 1; code <= known; code++) ends[code] = (ends[code] ?? 0) + (ends[code - 1] ?? 0);
  const steps = new Uint8Array(ends[known] ?? 0);
  const next = new Uint32Array(known + 1);
  next.set(ends.subarray(0, known), 1);
  last.fill(-1);
  eachPair(codes, arena, first, end, (code, row) => {
    let gap = row - (last[code] ?? 0);
    if (gap === 0) return;
    let at = next[code] ?? 0;
    for (; gap >= longestStep; gap -= longestStep) steps[at++] = longestStep;
    steps[at++] = gap;
    next[code] = at;
    last[code] = row;
  });
  lists.blocks[block] = { ends, steps };
  lists.open.fill(0, block * blockWords, (block + 1) * blockWords);
  lists.openCounts[block] = 0;
}

function giveCodes(lists: PairLists, arena: TextArena, first: number, end: number, hasBitmap: Uint8Array): void {
  const { codes } = lists;
  const { bytes, starts, lengths } = arena;
  for (let row = first; row < end; row++) {
    const start = starts[row] ?? 0;
    const last = start + (lengths[row] ?? 0) - 1;
    for (let at = start; at < last; at++) {
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (codes[pair] === 0 && hasBitmap[pair] === 0) codes[pair] = ++lists.known;
    }
  }
}

/** `row` counts from the first one. A pair may come up more than once in a row. */
function eachPair(
  codes: Uint16Array,
  { bytes, starts, lengths }: TextArena,
  first: number,
  end: number,
  visit: (code: number, row: number) => void,
): void {
  for (let row = first; row < end; row++) {
    const start = starts[row] ?? 0;
    const last = start + (lengths[row] ?? 0) - 1;
    for (let at = start; at < last; at++) {
      const code = codes[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] ?? 0;
      if (code !== 0) visit(code, row - first);
    }
  }
}
