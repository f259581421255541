import { fill } from './filler.ts';

const entryBytes = 12;

/**
 * Unused bytes between the pixels and the directory, which moves to the end of the file (TIFF 6.0: it may stand
 * anywhere). `base` is a little-endian TIFF of one page; `gapBytes` is even.
 */
export function padTiff(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const file = Buffer.allocUnsafe(base.length + gapBytes);
  file.set(base);
  const directoryAt = file.readUInt32LE(4);
  const directoryBytes = 2 + entryBytes * file.readUInt16LE(directoryAt) + 4;
  const newAt = (file.length - directoryBytes) & ~1;
  fill(file, base.length, file.length, label);
  file.set(base.subarray(directoryAt, directoryAt + directoryBytes), newAt);
  file.writeUInt32LE(newAt, 4);
  return file;
}
