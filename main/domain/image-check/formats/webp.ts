import { skip, take, type Cursor, type Walker } from '../byte-feed.ts';
import { ascii, u16le, u24le, u32le } from '../integers.ts';
import { asSeen, exifBytesMax, exifOrientation } from '../orientation.ts';
import { damaged, wholeImage } from '../verdict.ts';

type Size = { readonly width: number; readonly height: number };

const headBytes: Readonly<Record<string, number>> = { 'VP8 ': 10, VP8L: 5, VP8X: 10 };

/** WebP: RIFF chunks up to the length that RIFF declares (RFC 9649). */
export function* walkWebp(cursor: Cursor): Walker {
  const end = u32le(yield take(12), 4) + 8;
  let size: Size | undefined;
  let hasData = false;
  let frames = 0;
  let orientation = 1;
  while (end - cursor.position >= 8) {
    const head = yield take(8);
    const type = ascii(head, 0, 4);
    const length = u32le(head, 4);
    const chunkEnd = cursor.position + length;
    if (chunkEnd > end) return damaged('WebP');
    const wanted = headBytes[type];
    if (wanted !== undefined) {
      if (length < wanted) return damaged('WebP');
      const found = sizeIn(type, yield take(wanted));
      if (found === undefined) return damaged('WebP');
      size ??= found;
    }
    if (type === 'EXIF' && length <= exifBytesMax) orientation = exifOrientation(yield take(length));
    if (type === 'VP8 ' || type === 'VP8L') hasData = true;
    if (type === 'ANMF') frames += 1;
    yield skip(Math.min(chunkEnd + (length % 2), end) - cursor.position);
  }
  yield skip(end - cursor.position);
  return size !== undefined && (hasData || frames > 0)
    ? wholeImage('webp', asSeen(size, orientation), frames > 1)
    : damaged('WebP');
}

function sizeIn(type: string, head: Uint8Array): Size | undefined {
  if (type === 'VP8X') return { width: u24le(head, 4) + 1, height: u24le(head, 7) + 1 };
  if (type === 'VP8L') {
    const bits = u32le(head, 1);
    return head[0] === 0x2f ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : undefined;
  }
  const isKeyFrame = ((head[0] ?? 1) & 1) === 0 && u24le(head, 3) === 0x2a019d;
  return isKeyFrame ? { width: u16le(head, 6) & 0x3fff, height: u16le(head, 8) & 0x3fff } : undefined;
}
