import { crc32 } from 'node:zlib';
import { fill, withGap } from './filler.ts';

/** Length, type and checksum of a chunk. */
const chunkBytes = 12;
const endChunkBytes = 12;

/** A private ancillary chunk, safe to copy, before IEND (ISO/IEC 15948, 5.4). */
export function padPng(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const gapAt = base.length - endChunkBytes;
  const file = withGap(base, gapAt, gapBytes);
  const end = gapAt + gapBytes;
  file.writeUInt32BE(gapBytes - chunkBytes, gapAt);
  file.write('csPd', gapAt + 4, 'latin1');
  fill(file, gapAt + 8, end - 4, label);
  file.writeUInt32BE(crc32(file.subarray(gapAt + 4, end - 4)), end - 4);
  return file;
}
