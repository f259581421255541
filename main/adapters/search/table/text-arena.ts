import { Buffer } from 'node:buffer';
import { createIntegerColumn, growIntegerColumn, putInteger, type IntegerColumn } from './integer-column.ts';

/** One text a row in one flat piece of UTF-8. A row without a text has length 0. Texts that were replaced stay behind. */
export type TextArena = {
  bytes: Buffer<ArrayBuffer>;
  used: number;
  starts: Uint32Array<ArrayBuffer>;
  lengths: IntegerColumn;
};

export function createArena(rows: number, bytes: number): TextArena {
  return { bytes: bufferOf(bytes), used: 0, starts: new Uint32Array(rows), lengths: createIntegerColumn(rows, 1) };
}

export function growArena(arena: TextArena, rows: number): void {
  const { starts, lengths } = arena;
  arena.starts = new Uint32Array(rows);
  arena.starts.set(starts);
  arena.lengths = growIntegerColumn(lengths, rows);
}

/** The text must be well-formed: a lone surrogate would become another character. */
export function writeText(arena: TextArena, row: number, text: string): void {
  const most = arena.used + 3 * text.length;
  if (most > arena.bytes.length) reserve(arena, most);
  const { bytes, used } = arena;
  let at = used;
  for (let unit = 0; unit < text.length; unit++) {
    const code = text.charCodeAt(unit);
    if (code > 0x7f) {
      at = used + bytes.write(text, used, 'utf8');
      break;
    }
    bytes[at] = code;
    at += 1;
  }
  arena.starts[row] = used;
  arena.lengths = putInteger(arena.lengths, row, at - used);
  arena.used = at;
}

export function readText(arena: TextArena, row: number): string {
  const start = arena.starts[row] ?? 0;
  return arena.bytes.toString('utf8', start, start + (arena.lengths[row] ?? 0));
}

export function hasSameText(arena: TextArena, row: number, text: string): boolean {
  const length = arena.lengths[row] ?? 0;
  return length >= text.length && length <= 3 * text.length && readText(arena, row) === text;
}

function reserve(arena: TextArena, most: number): void {
  const grown = bufferOf(Math.ceil(most * 1.25) + 1024);
  grown.set(arena.bytes.subarray(0, arena.used));
  arena.bytes = grown;
}

function bufferOf(bytes: number): Buffer<ArrayBuffer> {
  return Buffer.from(new ArrayBuffer(bytes));
}

export function isSameText({ bytes, starts, lengths }: TextArena, one: number, other: number): boolean {
  const length = lengths[one] ?? 0;
  if (length !== lengths[other]) return false;
  const left = starts[one] ?? 0;
  const right = starts[other] ?? 0;
  for (let at = 0; at < length; at++) if (bytes[left + at] !== bytes[right + at]) return false;
  return true;
}

/** The same texts without what was left behind, where that is much; else the arena itself. */
export function tidyArena(arena: TextArena, rows: number): TextArena {
  let used = 0;
  for (let row = 0; row < rows; row++) used += arena.lengths[row] ?? 0;
  if (arena.used < used * 1.2 + 65_536) return arena;
  const tidy: TextArena = { bytes: bufferOf(used), used, starts: arena.starts.slice(), lengths: arena.lengths };
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const start = arena.starts[row] ?? 0;
    arena.bytes.copy(tidy.bytes, at, start, start + (arena.lengths[row] ?? 0));
    tidy.starts[row] = at;
    at += arena.lengths[row] ?? 0;
  }
  return tidy;
}
