import { fill } from './filler.ts';

const boxBytes = 8;

/** A `free` box at the end of an AVIF or MP4 (ISO/IEC 14496-12, 8.1.2). */
export function padBoxes(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const file = Buffer.allocUnsafe(base.length + gapBytes);
  file.set(base);
  file.writeUInt32BE(gapBytes, base.length);
  file.write('free', base.length + 4, 'latin1');
  fill(file, base.length + boxBytes, file.length, label);
  return file;
}
