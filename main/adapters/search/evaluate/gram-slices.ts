import { createBitmap, growBitmap, intersect, type Bitmap } from './bitmap.ts';
import { closeRows, createPairLists, keepPairs, listPairs, openRow, type PairLists } from '../table/pair-lists.ts';
import type { TextArena } from '../table/text-arena.ts';

/**
 * Which rows hold a character, or two to four of them side by side. The most frequent pairs, and of three and four side by
 * side only the most frequent, have a bitmap; all other pairs have a list. What a text must hold to be a hit is found by
 * a few of them, and only the rows in all of them are read.
 */
export type GramSlices = {
  rows: number;
  /** How many rows there were when the frequent ones were chosen. */
  readonly chosenAt: number;
  /** By byte; those of ASCII only, made as they come up. */
  readonly letters: (Bitmap | undefined)[];
  /** One more than the slice of a pair, by `first << 8 | second`; 0 is none. */
  readonly pairSlices: Uint8Array<ArrayBuffer>;
  readonly pairLists: PairLists;
  /** Which three or four bytes, as one number, have the slice that `gramSlices` names at the place of their hash; 0 is none. */
  readonly grams: Uint32Array<ArrayBuffer>;
  readonly gramSlices: Uint16Array<ArrayBuffer>;
  readonly slices: Bitmap[];
};

const ownPairs = 128;
const ownTriples = 48;
const ownQuads = 48;
const sliceCount = ownPairs + ownTriples + ownQuads;
const sampledRows = 20_000;

/** Chooses by the texts of the first `used` rows, and reads them all; there is room for `rows`. */
export function createSlices(arena: TextArena, used: number, rows: number): GramSlices {
  const slices: GramSlices = {
    rows,
    chosenAt: used,
    letters: [],
    pairSlices: choosePairs(arena, used),
    pairLists: createPairLists(createBitmap(rows)),
    grams: new Uint32Array(65_536),
    gramSlices: new Uint16Array(65_536),
    slices: Array.from({ length: sliceCount }, () => createBitmap(rows)),
  };
  chooseGrams(slices, arena, used);
  for (let row = 0; row < used; row++) markBits(slices, arena, row, true);
  listPairs(slices.pairLists, arena, used, slices.pairSlices);
  return slices;
}

export function growSlices(slices: GramSlices, rows: number): void {
  slices.rows = rows;
  for (const [byte, bitmap] of slices.letters.entries()) if (bitmap) slices.letters[byte] = growBitmap(bitmap, rows);
  for (const [at, bitmap] of slices.slices.entries()) slices.slices[at] = growBitmap(bitmap, rows);
  slices.pairLists.open = growBitmap(slices.pairLists.open, rows);
}

/** Enters a row's text, or takes it out before another takes its place. */
export function markText(slices: GramSlices, arena: TextArena, row: number, isIn: boolean): void {
  markBits(slices, arena, row, isIn);
  openRow(slices.pairLists, row);
}

/** After many texts were entered: without it each of them has to be read for many a question. */
export function tidySlices({ pairLists, pairSlices }: GramSlices, arena: TextArena, used: number): void {
  closeRows(pairLists, arena, used, pairSlices);
}

function markBits(slices: GramSlices, arena: TextArena, row: number, isIn: boolean): void {
  const { letters, pairSlices, grams, gramSlices } = slices;
  const { bytes } = arena;
  const start = arena.starts[row] ?? 0;
  const end = start + (arena.lengths[row] ?? 0);
  const word = row >>> 5;
  const bit = 1 << (row & 31);
  const keep = isIn ? -1 : ~bit;
  const add = isIn ? bit : 0;
  let four = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    four = ((four << 8) | byte) >>> 0;
    if (byte < 0x80) mark((letters[byte] ??= createBitmap(slices.rows)), word, keep, add);
    const pairSlice = at > start ? (pairSlices[four & 0xffff] ?? 0) : 0;
    if (pairSlice > 0) mark(slices.slices[pairSlice - 1], word, keep, add);
    if (at < start + 2) continue;
    const three = four & 0xffffff;
    const place = placeOf(three);
    if (grams[place] === three && three !== 0) mark(slices.slices[gramSlices[place] ?? 0], word, keep, add);
    if (at < start + 3 || four <= 0xffffff) continue;
    const fourPlace = placeOf(four);
    if (grams[fourPlace] === four) mark(slices.slices[gramSlices[fourPlace] ?? 0], word, keep, add);
  }
}

function mark(bitmap: Bitmap | undefined, word: number, keep: number, add: number): void {
  if (bitmap !== undefined) bitmap[word] = ((bitmap[word] ?? 0) & keep) | add;
}

/** Of what was narrowed, who has yet to be read: nobody, those that are open in the lists of pairs, or everybody. */
export type Unread = 'none' | 'open' | 'all';

/** Takes the rows out of `into` that cannot hold the bytes; the first `known` bytes of them each row holds, side by side. */
export function narrow(slices: GramSlices, needle: Uint8Array, into: Bitmap, known = 0): Unread {
  const { letters, pairSlices, pairLists } = slices;
  const needed = new Set<Bitmap | undefined>();
  const listed = new Set<number>();
  let unread: Unread = 'all';
  const [single = 0] = needle;
  if (needle.length === 1 && single < 0x80) {
    needed.add(letters[single]);
    unread = 'none';
  }
  // Those that end within what is known tell nothing new.
  for (let end = Math.max(known + 1, 2); end <= needle.length; end++) {
    const pair = numberAt(needle, end - 2, 2);
    const slice = pairSlices[pair] ?? 0;
    if (slice > 0) needed.add(slices.slices[slice - 1]);
    else listed.add(pairLists.codes[pair] ?? 0);
    if (needle.length === 2) unread = slice > 0 ? 'none' : 'open';
    for (const length of [3, 4]) {
      const gram = length > end ? undefined : sliceOfGram(slices, numberAt(needle, end - length, length), length);
      if (gram === undefined) continue;
      needed.add(gram);
      if (needle.length === length) unread = 'none';
    }
  }
  for (const bitmap of needed) {
    if (bitmap === undefined) into.fill(0);
    else intersect(into, bitmap);
  }
  const isKept = keepPairs(pairLists, [...listed], into);
  // The list of the one pair that the needle is was not followed to its end.
  return unread === 'open' && !isKept ? 'all' : unread;
}

function sliceOfGram({ grams, gramSlices, slices }: GramSlices, gram: number, length: number): Bitmap | undefined {
  if (gram <= (length === 4 ? 0xffffff : 0)) return undefined;
  const place = placeOf(gram);
  return grams[place] === gram ? slices[gramSlices[place] ?? 0] : undefined;
}

function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let index = at; index < at + length; index++) number = ((number << 8) | (bytes[index] ?? 0)) >>> 0;
  return number;
}

function choosePairs(arena: TextArena, used: number): Uint8Array<ArrayBuffer> {
  const counts = new Uint32Array(65_536);
  eachSample(arena, used, 2, (pair) => count(counts, pair));
  const chosen = new Uint8Array(65_536);
  for (const [slice, pair] of mostFrequent(counts, ownPairs).entries()) chosen[pair] = slice + 1;
  return chosen;
}

/** Of those whose hashes meet, the one that comes up first stands for all. */
function chooseGrams({ grams, gramSlices }: GramSlices, arena: TextArena, used: number): void {
  let slice = ownPairs;
  for (const [length, most] of [
    [3, ownTriples],
    [4, ownQuads],
  ] as const) {
    const counts = new Uint32Array(65_536);
    const found = new Uint32Array(65_536);
    eachSample(arena, used, length, (gram) => {
      if (gram <= (length === 4 ? 0xffffff : 0)) return;
      const place = placeOf(gram);
      if (found[place] === 0) found[place] = gram;
      if (found[place] === gram) count(counts, place);
    });
    const free = mostFrequent(counts, most + 16).filter((place) => grams[place] === 0);
    for (const place of free.slice(0, most)) {
      grams[place] = found[place] ?? 0;
      gramSlices[place] = slice++;
    }
  }
}

/** Every so many rows, all of them where they are few: each run of so many bytes, as a number. */
function eachSample(arena: TextArena, used: number, length: number, visit: (gram: number) => void): void {
  const step = Math.max(1, Math.floor(used / sampledRows));
  for (let row = 0; row < used; row += step) {
    const start = arena.starts[row] ?? 0;
    const last = start + (arena.lengths[row] ?? 0) - length;
    for (let at = start; at <= last; at++) visit(numberAt(arena.bytes, at, length));
  }
}

function count(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function mostFrequent(counts: Uint32Array, most: number): number[] {
  const present = [...counts.keys()].filter((at) => (counts[at] ?? 0) > 0);
  return present.sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0)).slice(0, most);
}

function placeOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 16;
}
