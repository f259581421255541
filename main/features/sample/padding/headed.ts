import { fill, withGap } from './filler.ts';

/** Unused bytes between a bitmap's headers and its pixels, whose place the file header says. */
export function padBmp(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const pixelsAt = new DataView(base.buffer, base.byteOffset).getUint32(10, true);
  const file = withGap(base, pixelsAt, gapBytes);
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixelsAt + gapBytes, 10);
  fill(file, pixelsAt, pixelsAt + gapBytes, label);
  return file;
}

/** Unused bytes between an icon's directory and its pictures, whose places the directory says. */
export function padIco(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const count = new DataView(base.buffer, base.byteOffset).getUint16(4, true);
  const gapAt = 6 + 16 * count;
  const file = withGap(base, gapAt, gapBytes);
  for (let entry = 6; entry < gapAt; entry += 16) {
    file.writeUInt32LE(file.readUInt32LE(entry + 12) + gapBytes, entry + 12);
  }
  fill(file, gapAt, gapAt + gapBytes, label);
  return file;
}
