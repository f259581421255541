import { createBitmap, growBitmap, intersect, type Bitmap } from './bitmap.ts';
import type { TextArena } from './text-arena.ts';

/**
 * Which rows hold a character, or two or three of them side by side, as bitmaps. The most frequent pairs have one of
 * their own, the others share; of triples only the most frequent have one. What a text must hold to be a hit is found
 * by a few bitmaps, and only the rows in all of them are read.
 */
export type GramSlices = {
  rows: number;
  /** How many rows there were when the frequent ones were chosen. */
  readonly chosenAt: number;
  /** By byte; those of ASCII only, made as they come up. */
  readonly letters: (Bitmap | undefined)[];
  /** The slice of a pair, by `first << 8 | second`. */
  readonly pairSlices: Uint8Array;
  /** Which triple has the slice that `tripleSlices` names at the place of its hash; 0 is none. */
  readonly triples: Uint32Array;
  readonly tripleSlices: Uint8Array;
  readonly slices: Bitmap[];
};

const ownPairs = 96;
const sharedPairs = 32;
const firstTriple = ownPairs + sharedPairs;
const ownTriples = 64;
const sampledRows = 20_000;

/** Chooses by the texts of the first `used` rows, and reads them all; there is room for `rows`. */
export function createSlices(arena: TextArena, used: number, rows: number): GramSlices {
  const slices: GramSlices = {
    rows,
    chosenAt: used,
    letters: [],
    pairSlices: choosePairs(arena, used),
    triples: new Uint32Array(65_536),
    tripleSlices: new Uint8Array(65_536),
    slices: Array.from({ length: firstTriple + ownTriples }, () => createBitmap(rows)),
  };
  chooseTriples(slices, arena, used);
  for (let row = 0; row < used; row++) markText(slices, arena, row, true);
  return slices;
}

export function growSlices(slices: GramSlices, rows: number): void {
  slices.rows = rows;
  for (const [byte, bitmap] of slices.letters.entries()) if (bitmap) slices.letters[byte] = growBitmap(bitmap, rows);
  for (const [at, bitmap] of slices.slices.entries()) slices.slices[at] = growBitmap(bitmap, rows);
}

/** Enters a row's text, or takes it out before another takes its place. */
export function markText(slices: GramSlices, arena: TextArena, row: number, isIn: boolean): void {
  const { letters, pairSlices, triples, tripleSlices } = slices;
  const { bytes } = arena;
  const start = arena.starts[row] ?? 0;
  const end = start + (arena.lengths[row] ?? 0);
  const word = row >>> 5;
  const bit = 1 << (row & 31);
  const keep = isIn ? -1 : ~bit;
  const add = isIn ? bit : 0;
  let pair = 0;
  let triple = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    pair = ((pair << 8) | byte) & 0xffff;
    triple = ((triple << 8) | byte) & 0xffffff;
    if (byte < 0x80) mark((letters[byte] ??= createBitmap(slices.rows)), word, keep, add);
    if (at > start) mark(slices.slices[pairSlices[pair] ?? 0], word, keep, add);
    if (at < start + 2 || triple === 0) continue;
    const place = placeOf(triple);
    if (triples[place] === triple) mark(slices.slices[tripleSlices[place] ?? 0], word, keep, add);
  }
}

function mark(bitmap: Bitmap | undefined, word: number, keep: number, add: number): void {
  if (bitmap !== undefined) bitmap[word] = ((bitmap[word] ?? 0) & keep) | add;
}

/**
 * Takes the rows out of `into` that cannot hold the bytes; true where all that are left do, false where each has yet
 * to be read.
 */
export function narrow(slices: GramSlices, needle: Uint8Array, into: Bitmap): boolean {
  const seen = new Set<Bitmap>();
  const take = (bitmap: Bitmap | undefined): void => {
    if (bitmap === undefined) into.fill(0);
    else if (!seen.has(bitmap)) intersect(into, bitmap);
    if (bitmap !== undefined) seen.add(bitmap);
  };
  const [first = 0] = needle;
  if (needle.length === 1) {
    if (first >= 0x80) return false;
    take(slices.letters[first]);
    return true;
  }
  let isExact = false;
  for (let at = 0; at + 1 < needle.length; at++) {
    const slice = slices.pairSlices[((needle[at] ?? 0) << 8) | (needle[at + 1] ?? 0)] ?? 0;
    take(slices.slices[slice]);
    if (needle.length === 2) isExact = slice < ownPairs;
    const triple = ((needle[at] ?? 0) << 16) | ((needle[at + 1] ?? 0) << 8) | (needle[at + 2] ?? 0);
    if (at + 2 < needle.length && triple !== 0 && slices.triples[placeOf(triple)] === triple) {
      take(slices.slices[slices.tripleSlices[placeOf(triple)] ?? 0]);
      if (needle.length === 3) isExact = true;
    }
  }
  return isExact;
}

function choosePairs(arena: TextArena, used: number): Uint8Array {
  const counts = new Uint32Array(65_536);
  eachSample(arena, used, (bytes, at, end) => {
    if (at + 1 < end) count(counts, ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  });
  const chosen = new Uint8Array(65_536);
  for (let pair = 0; pair < chosen.length; pair++) {
    chosen[pair] = ownPairs + ((Math.imul(pair, 0x9e3779b1) >>> 16) % sharedPairs);
  }
  for (const [slice, pair] of mostFrequent(counts, ownPairs).entries()) chosen[pair] = slice;
  return chosen;
}

function chooseTriples({ triples, tripleSlices }: GramSlices, arena: TextArena, used: number): void {
  const counts = new Uint32Array(65_536);
  const names = new Uint32Array(65_536);
  eachSample(arena, used, (bytes, at, end) => {
    if (at + 2 >= end) return;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const place = placeOf(triple);
    if (names[place] === 0) names[place] = triple;
    if (names[place] === triple) count(counts, place);
  });
  for (const [index, place] of mostFrequent(counts, ownTriples).entries()) {
    triples[place] = names[place] ?? 0;
    tripleSlices[place] = firstTriple + index;
  }
}

/** Every so many rows, all of them where they are few. */
function eachSample(arena: TextArena, used: number, visit: (bytes: Uint8Array, at: number, end: number) => void): void {
  const step = Math.max(1, Math.floor(used / sampledRows));
  for (let row = 0; row < used; row += step) {
    const start = arena.starts[row] ?? 0;
    const end = start + (arena.lengths[row] ?? 0);
    for (let at = start; at < end; at++) visit(arena.bytes, at, end);
  }
}

function count(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function mostFrequent(counts: Uint32Array, most: number): number[] {
  const present = [...counts.keys()].filter((at) => (counts[at] ?? 0) > 0);
  return present.sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0)).slice(0, most);
}

function placeOf(triple: number): number {
  return Math.imul(triple, 0x9e3779b1) >>> 16;
}
