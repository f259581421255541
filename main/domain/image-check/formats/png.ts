import { scan, skip, take, type Crc32, type Cursor, type Scan, type Walker } from '../byte-feed.ts';
import { ascii, u32be } from '../integers.ts';
import { asSeen, exifBytesMax, exifOrientation } from '../orientation.ts';
import { damaged, wholeImage } from '../verdict.ts';

/** Chunks whose data is read; of all others only the checksum is. */
const readChunks: readonly string[] = ['IHDR', 'acTL', 'eXIf'];

/** PNG and APNG: chunks up to IEND, each with its checksum (ISO/IEC 15948). */
export function* walkPng({ crc32 }: Cursor): Walker {
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  let frames = 1;
  let orientation = 1;
  yield skip(8);
  for (;;) {
    const head = yield take(8);
    const length = u32be(head, 0);
    const type = ascii(head, 4);
    const sum = createSum(crc32, head.subarray(4));
    if (!isChunkHead(type, length)) return damaged('PNG');
    if (readChunks.includes(type) && length <= exifBytesMax) {
      const data = yield take(length);
      sum.add(data);
      if (type === 'IHDR') size = { width: u32be(data, 0), height: u32be(data, 4) };
      if (size?.width === 0 || size?.height === 0) return damaged('PNG');
      if (type === 'acTL' && length === 8) frames = u32be(data, 0);
      if (type === 'eXIf') orientation = exifOrientation(data);
    } else if (length > 0) {
      yield scan(sum.over(length));
    }
    if (u32be(yield take(4), 0) !== sum.value()) return damaged('PNG');
    if (type === 'IDAT') hasData = true;
    if (type !== 'IEND') continue;
    return size !== undefined && hasData ? wholeImage('png', asSeen(size, orientation), frames > 1) : damaged('PNG');
  }
}

function isChunkHead(type: string, length: number): boolean {
  return /^[A-Za-z]{4}$/.test(type) && length <= 0x7fffffff && (type !== 'IHDR' || length === 13);
}

function createSum(crc32: Crc32, type: Uint8Array) {
  let sum = crc32(type, 0);
  return {
    add(bytes: Uint8Array): void {
      sum = crc32(bytes, sum);
    },
    /** Passes over that many bytes, at least one. */
    over(length: number): Scan {
      let left = length;
      return (bytes, start) => {
        const seen = bytes.subarray(start, start + left);
        sum = crc32(seen, sum);
        left -= seen.length;
        return left === 0 ? start + seen.length : -1;
      };
    },
    value: () => sum,
  };
}
