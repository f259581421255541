import { fill, withGap } from './filler.ts';

const longestBlock = 255;

/** A comment extension before the trailer: blocks of up to 255 bytes, each led by its length (GIF89a, 24). */
export function padGif(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const gapAt = base.length - 1;
  const file = withGap(base, gapAt, gapBytes);
  file.writeUInt16BE(0x21fe, gapAt);
  fill(file, gapAt + 2, gapAt + gapBytes, label);
  let start = gapAt + 2;
  let left = gapBytes - 3;
  while (left > 0) {
    // A block takes two bytes at least: its length and one of text.
    const whole = Math.min(left, 1 + longestBlock);
    const bytes = left - whole === 1 ? whole - 1 : whole;
    file[start] = bytes - 1;
    start += bytes;
    left -= bytes;
  }
  file[start] = 0;
  return file;
}
