/** Texts beside the heap, as millions of strings would cost their collector long pauses. */
export type TextStore = {
  /** Returns the text's place, from 0. */
  add(text: string): number;
  /** What was added at this place. */
  at(place: number): string;
};

const chunkBytes = 1 << 18;
const headBytes = 4;
/** No call takes arguments without end. */
const mostUnits = 4096;
/** What a place has room for where it is kept. */
const mostBytes = 2 ** 32 - 1;

/** Each text is its length and whether it is wide, in four bytes, then its UTF-16 units, a byte each where all are Latin-1. */
export function createTextStore(): TextStore {
  const chunks: Uint8Array[] = [];
  let used = chunkBytes;
  return {
    add(text) {
      const isWide = !isLatin(text);
      const bytes = headBytes + text.length * (isWide ? 2 : 1);
      if (used + bytes > chunkBytes) {
        chunks.push(new Uint8Array(Math.max(bytes, chunkBytes)));
        used = 0;
      }
      const place = (chunks.length - 1) * chunkBytes + used;
      if (place > mostBytes) throw new RangeError('A plan holds more text than there is room for');
      write(chunks.at(-1) ?? new Uint8Array(), used, text, isWide);
      used += bytes;
      return place;
    },
    at(place) {
      const chunk = chunks[Math.floor(place / chunkBytes)] ?? new Uint8Array();
      return read(chunk, place % chunkBytes);
    },
  };
}

function isLatin(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}

function write(chunk: Uint8Array, start: number, text: string, isWide: boolean): void {
  const head = text.length * 2 + (isWide ? 1 : 0);
  for (let byte = 0; byte < headBytes; byte++) chunk[start + byte] = head >>> (8 * byte);
  let to = start + headBytes;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    chunk[to++] = unit;
    if (isWide) chunk[to++] = unit >>> 8;
  }
}

function read(chunk: Uint8Array, start: number): string {
  let head = 0;
  for (let byte = 0; byte < headBytes; byte++) head += (chunk[start + byte] ?? 0) * 2 ** (8 * byte);
  const length = Math.floor(head / 2);
  const first = start + headBytes;
  if (head % 2 === 0) return textOf(chunk.subarray(first, first + length));
  const units = new Uint16Array(length);
  for (let at = 0; at < length; at++) {
    units[at] = (chunk[first + 2 * at] ?? 0) | ((chunk[first + 2 * at + 1] ?? 0) << 8);
  }
  return textOf(units);
}

function textOf(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let from = 0; from < units.length; from += mostUnits) {
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(from, from + mostUnits)) as string;
  }
  return text;
}
