import { fill, withGap } from './filler.ts';

const markerBytes = 2;
const longestSegment = 65_535;

/** Comment segments behind the application segments that must come first (ITU T.81, B.2.4.5). */
export function padJpeg(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const gapAt = endOfApplicationSegments(base);
  const file = withGap(base, gapAt, gapBytes);
  let start = gapAt;
  let left = gapBytes;
  while (left > 0) {
    // A segment takes four bytes at least: the last but one leaves room for it.
    const whole = Math.min(left, markerBytes + longestSegment);
    const bytes = left - whole > 0 && left - whole < 4 ? whole - 4 : whole;
    file.writeUInt16BE(0xfffe, start);
    file.writeUInt16BE(bytes - markerBytes, start + markerBytes);
    fill(file, start + 4, start + bytes, label);
    start += bytes;
    left -= bytes;
  }
  return file;
}

function endOfApplicationSegments(base: Uint8Array): number {
  let end = 2;
  while (base[end] === 0xff && ((base[end + 1] ?? 0) & 0xf0) === 0xe0) {
    end += markerBytes + (base[end + 2] ?? 0) * 256 + (base[end + 3] ?? 0);
  }
  return end;
}
