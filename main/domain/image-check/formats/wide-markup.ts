import { createByteFeed, take, type Cursor, type Scan, type Walker } from '../byte-feed.ts';
import { walkMarkup } from './markup.ts';
import { cutOff } from '../verdict.ts';

/** An SVG or a web page in UTF-16, as the mark at its start says: narrowed to ASCII, which is all that its structure needs. */
export function walkWideMarkup(bigEndian: boolean): (cursor: Cursor) => Walker {
  return function* walk({ crc32 }) {
    const inner = createByteFeed(walkMarkup, crc32);
    let odd: number | undefined;
    const narrow: Scan = (bytes, start) => {
      const narrowed = new Uint8Array(bytes.length - start);
      let length = 0;
      for (let at = start; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (odd === undefined) {
          odd = byte;
          continue;
        }
        const unit = bigEndian ? odd * 256 + byte : byte * 256 + odd;
        narrowed[length] = unit < 0x80 ? unit : 0x80;
        length += 1;
        odd = undefined;
      }
      inner.push(narrowed.subarray(0, length));
      return inner.verdict() === undefined ? -1 : bytes.length;
    };
    yield take(2);
    yield { kind: 'scan', scan: narrow, orEnd: true };
    return inner.end() ?? cutOff('');
  };
}
