import { skip, take, type Walker } from './byte-feed.ts';
import { ascii, u32be } from './integers.ts';
import { asSeen, exifBytesMax, exifOrientation } from './orientation.ts';
import { damaged, wholePicture } from './verdict.ts';

/** PNG and APNG: chunks up to IEND and its checksum (ISO/IEC 15948). */
export function* walkPng(): Walker {
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  let frames = 1;
  let orientation = 1;
  yield skip(8);
  for (;;) {
    const head = yield take(8);
    const length = u32be(head, 0);
    const type = ascii(head, 4);
    if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(type)) return damaged('PNG');
    if (type === 'IHDR') {
      if (length !== 13) return damaged('PNG');
      const header = yield take(13);
      size = { width: u32be(header, 0), height: u32be(header, 4) };
      if (size.width === 0 || size.height === 0) return damaged('PNG');
    } else if (type === 'acTL' && length === 8) {
      frames = u32be(yield take(8), 0);
    } else if (type === 'eXIf' && length <= exifBytesMax) {
      orientation = exifOrientation(yield take(length));
    } else {
      yield skip(length);
    }
    yield skip(4);
    if (type === 'IDAT') hasData = true;
    if (type !== 'IEND') continue;
    return size !== undefined && hasData ? wholePicture('png', asSeen(size, orientation), frames > 1) : damaged('PNG');
  }
}
