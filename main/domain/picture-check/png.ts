import { scan, skip, take, type Crc32, type Cursor, type Scan, type Walker } from './byte-feed.ts';
import { ascii, u32be } from './integers.ts';
import { asSeen, exifBytesMax, exifOrientation } from './orientation.ts';
import { damaged, wholePicture } from './verdict.ts';

/** PNG and APNG: chunks up to IEND, each with its checksum (ISO/IEC 15948). */
export function* walkPng({ crc32 }: Cursor): Walker {
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  let frames = 1;
  let orientation = 1;
  yield skip(8);
  for (;;) {
    const head = (yield take(8)).slice();
    const sum = createSum(crc32, head.subarray(4));
    const length = u32be(head, 0);
    const type = ascii(head, 4);
    if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(type)) return damaged('PNG');
    if (type === 'IHDR') {
      if (length !== 13) return damaged('PNG');
      const header = yield take(13);
      sum.add(header);
      size = { width: u32be(header, 0), height: u32be(header, 4) };
      if (size.width === 0 || size.height === 0) return damaged('PNG');
    } else if (type === 'acTL' && length === 8) {
      const control = yield take(8);
      sum.add(control);
      frames = u32be(control, 0);
    } else if (type === 'eXIf' && length <= exifBytesMax) {
      const exif = yield take(length);
      sum.add(exif);
      orientation = exifOrientation(exif);
    } else if (length > 0) {
      yield scan(sum.over(length));
    }
    if (u32be(yield take(4), 0) !== sum.value()) return damaged('PNG');
    if (type === 'IDAT') hasData = true;
    if (type !== 'IEND') continue;
    return size !== undefined && hasData ? wholePicture('png', asSeen(size, orientation), frames > 1) : damaged('PNG');
  }
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
