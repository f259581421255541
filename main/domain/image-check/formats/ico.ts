import { skip, take, type Cursor, type Walker } from '../byte-feed.ts';
import { u16le, u32le } from '../integers.ts';
import { damaged, wholeImage } from '../verdict.ts';

/** ICO and CUR: a directory, and pictures where it says; whole is a file that holds them all. The largest gives the size. */
export function* walkIco(cursor: Cursor): Walker {
  const count = u16le(yield take(6), 4);
  const directoryEnd = 6 + 16 * count;
  let size = { width: 0, height: 0 };
  let end = directoryEnd;
  for (let i = 0; i < count; i += 1) {
    const entry = yield take(16);
    const width = entry[0] === 0 ? 256 : (entry[0] ?? 0);
    const height = entry[1] === 0 ? 256 : (entry[1] ?? 0);
    const bytes = u32le(entry, 8);
    const offset = u32le(entry, 12);
    if (bytes === 0 || offset < directoryEnd) return damaged('ICO');
    if (width * height > size.width * size.height) size = { width, height };
    end = Math.max(end, offset + bytes);
  }
  if (count === 0) return damaged('ICO');
  yield skip(end - cursor.position);
  return wholeImage('ico', size);
}
