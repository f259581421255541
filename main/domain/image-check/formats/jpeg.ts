import {
  scanOrEnd,
  skip,
  skipOrEnd,
  skipToEnd,
  takeOrEnd,
  type Cursor,
  type Scan,
  type Walker,
  type Want,
} from '../byte-feed.ts';
import { u16be } from '../integers.ts';
import { asSeen, exifOrientation, isExifHead } from '../orientation.ts';
import { trailerVendor } from '../vendor-trailers.ts';
import { cutOff, damaged, wholeImage, withoutEnd } from '../verdict.ts';

const endOfImage = 0xd9;
const startOfImage = 0xd8;
const startOfScan = 0xda;
const numberOfLines = 0xdc;
const app1 = 0xe1;
/** A frame's precision, height, width and number of components. */
const frameBytes = 6;

type Found = {
  size: { readonly width: number; readonly height: number } | undefined;
  hasScan: boolean;
  orientation: number | undefined;
};

/**
 * JPEG: segments and entropy-coded scans up to EOI (ITU T.81). What follows EOI belongs to others and is not looked at.
 * Without EOI it is whole if a known vendor's data ends the file: viewers show it.
 */
export function* walkJpeg(cursor: Cursor): Walker {
  const found: Found = { size: undefined, hasScan: false, orientation: undefined };
  const end = yield* walkSegments(found, cursor);
  const { size, hasScan, orientation } = found;
  const isShown = size !== undefined && size.height > 0 && hasScan;
  const picture = isShown ? wholeImage('jpeg', asSeen(size, orientation ?? 1)) : undefined;
  if (end === 'end-mark') return picture ?? damaged('JPEG');
  // A broken segment may be bytes of a vendor's data.
  if (picture !== undefined && end === 'damaged') yield skipToEnd();
  const vendor = picture === undefined ? undefined : trailerVendor(cursor.tail());
  if (picture !== undefined && vendor !== undefined) {
    return withoutEnd(picture, 'JPEG', `data of ${vendor} follows it`);
  }
  return end === 'damaged' ? damaged('JPEG') : cutOff('JPEG');
}

function* walkSegments(found: Found, cursor: Cursor): Generator<Want, 'end-mark' | 'damaged' | 'cut-off', Uint8Array> {
  const markers = createMarkerScan();
  yield skip(2);
  for (;;) {
    yield scanOrEnd(markers.scan);
    if (cursor.isAtEnd()) return 'cut-off';
    const marker = markers.found();
    if (marker === startOfImage) continue;
    if (marker === endOfImage) return 'end-mark';
    const length = u16be(yield takeOrEnd(2), 0) - 2;
    if (cursor.isAtEnd()) return 'cut-off';
    const headBytes = marker === app1 && found.orientation === undefined ? length : frameBytes;
    const head = yield takeOrEnd(Math.max(0, Math.min(length, headBytes)));
    if (cursor.isAtEnd()) return 'cut-off';
    if (length < 0 || !readSegment(found, marker, length, head)) return 'damaged';
    yield skipOrEnd(length - head.length);
    if (cursor.isAtEnd()) return 'cut-off';
  }
}

/** Returns false for a segment that can't be there. */
function readSegment(found: Found, marker: number, length: number, head: Uint8Array): boolean {
  const { size } = found;
  if (marker === startOfScan) {
    found.hasScan = true;
    return size !== undefined;
  }
  if (isFrame(marker) && size === undefined) {
    if (length < frameBytes) return false;
    found.size = { width: u16be(head, 3), height: u16be(head, 1) };
    return found.size.width > 0;
  }
  if (marker === app1) found.orientation ??= orientationIn(head);
  if (marker === numberOfLines && size?.height === 0 && length === 2) {
    found.size = { width: size.width, height: u16be(head, 0) };
  }
  return true;
}

/** Returns undefined for an APP1 segment of another kind, such as XMP. */
function orientationIn(segment: Uint8Array): number | undefined {
  return isExifHead(segment) ? exifOrientation(segment) : undefined;
}

/** SOF0 to SOF15, without DHT, JPG and DAC that lie between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * Finds the next marker in entropy-coded data or between segments. Stuffed bytes (FF 00), restart markers, fill bytes
 * and reserved codes are passed over, as decoders do.
 */
function createMarkerScan(): { scan: Scan; found(): number } {
  let afterFf = false;
  let marker = 0;
  return {
    scan(bytes, start) {
      let at = start;
      for (;;) {
        if (!afterFf) {
          at = bytes.indexOf(0xff, at) + 1;
          if (at === 0) return -1;
          afterFf = true;
        }
        if (at >= bytes.length) return -1;
        marker = bytes[at] ?? 0;
        at += 1;
        afterFf = marker === 0xff;
        if (marker >= 0xc0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
      }
    },
    found: () => marker,
  };
}
