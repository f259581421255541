import { scan, skip, take, type Scan, type Walker } from './byte-feed.ts';
import { u16be } from './integers.ts';
import { asSeen, exifOrientation, isExifHead } from './orientation.ts';
import { damaged, wholePicture } from './verdict.ts';

const endOfImage = 0xd9;
const startOfImage = 0xd8;
const startOfScan = 0xda;
const numberOfLines = 0xdc;
const app1 = 0xe1;

/** JPEG: segments and entropy-coded scans up to EOI (ITU T.81). What follows EOI belongs to others and is not looked at. */
export function* walkJpeg(): Walker {
  const markers = createMarkerScan();
  let size: { width: number; height: number } | undefined;
  let hasScan = false;
  let orientation: number | undefined;
  yield skip(2);
  for (;;) {
    yield scan(markers.scan);
    const marker = markers.found();
    if (marker === startOfImage) continue;
    if (marker === endOfImage) return verdictOn(hasScan ? size : undefined, orientation);
    const length = u16be(yield take(2), 0) - 2;
    if (length < 0) return damaged('JPEG');
    if (isFrame(marker) && size === undefined) {
      if (length < 6) return damaged('JPEG');
      const frame = yield take(6);
      size = { width: u16be(frame, 3), height: u16be(frame, 1) };
      if (size.width === 0) return damaged('JPEG');
      yield skip(length - 6);
    } else if (marker === app1 && orientation === undefined) {
      orientation = orientationIn(yield take(length));
    } else if (marker === numberOfLines && size?.height === 0 && length === 2) {
      size = { width: size.width, height: u16be(yield take(2), 0) };
    } else {
      if (marker === startOfScan && size === undefined) return damaged('JPEG');
      if (marker === startOfScan) hasScan = true;
      yield skip(length);
    }
  }
}

function verdictOn(size: { width: number; height: number } | undefined, orientation = 1) {
  return size !== undefined && size.height > 0 ? wholePicture('jpeg', asSeen(size, orientation)) : damaged('JPEG');
}

/** Undefined for an APP1 segment of another kind, such as XMP. */
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
