import { skip, take, type Cursor, type Walker } from '../byte-feed.ts';
import { u16le, u32le } from '../integers.ts';
import { damaged, wholeImage } from '../verdict.ts';

/** The lengths of the headers that OS/2 and Windows have used. */
const dibLengths: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];

export function isBmpHeaderLength(length: number): boolean {
  return dibLengths.includes(length);
}

/** BMP has no end of its own: whole is a file that holds all the pixels (and the colour profile) that its header needs. */
export function* walkBmp(cursor: Cursor): Walker {
  const file = yield take(18);
  const fileBytes = u32le(file, 2);
  const dibBytes = u32le(file, 14);
  const pixelsAt = Math.max(u32le(file, 10), 14 + dibBytes);
  const dib = yield take(dibBytes - 4);
  const narrow = dibBytes === 12;
  const width = narrow ? u16le(dib, 0) : u32le(dib, 0) | 0;
  const height = Math.abs(narrow ? u16le(dib, 2) : u32le(dib, 4) | 0);
  const bitsPerPixel = narrow ? u16le(dib, 6) : u16le(dib, 10);
  if (width <= 0 || height === 0 || bitsPerPixel > 32) return damaged('BMP');
  const compression = dibBytes >= 40 ? u32le(dib, 12) : 0;
  const declaredBytes = dibBytes >= 40 ? u32le(dib, 16) : 0;
  const plain = compression === 0 || compression === 3 || compression === 6;
  const pixelBytes = plain ? Math.ceil((bitsPerPixel * width) / 32) * 4 * height : declaredBytes;
  const pixelsEnd = pixelBytes > 0 ? pixelsAt + pixelBytes : Math.max(fileBytes, pixelsAt + 1);
  // BITMAPV5HEADER: offset from the header's start, and length, of the profile.
  const profileEnd = dibBytes === 124 && u32le(dib, 112) > 0 ? 14 + u32le(dib, 108) + u32le(dib, 112) : 0;
  yield skip(Math.max(0, pixelsEnd - cursor.position, profileEnd - cursor.position));
  return wholeImage('bmp', { width, height });
}
