import { fill } from './filler.ts';

const riffBytes = 12;
const chunkBytes = 8;
const extendedBytes = 10;
const alphaFlag = 0x10;

/** A chunk that readers pass over, at the end of an extended WebP (RFC 9649, 2.7); `gapBytes` is even. */
export function padWebp(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const total = base.length + gapBytes;
  const extended = extend(Buffer.from(base.buffer, base.byteOffset, base.length));
  const file = Buffer.allocUnsafe(total);
  extended.copy(file);
  file.writeUInt32LE(total - chunkBytes, 4);
  const padding = total - extended.length - chunkBytes;
  file.write('csPd', extended.length, 'latin1');
  file.writeUInt32LE(padding, extended.length + 4);
  fill(file, extended.length + chunkBytes, total, label);
  return file;
}

/** Only the extended form may hold chunks of others: a simple one gets the head that makes it so. */
function extend(base: Buffer): Buffer {
  const kind = base.toString('latin1', riffBytes, riffBytes + 4);
  if (kind === 'VP8X') return base;
  const { width, height, hasAlpha } = kind === 'VP8L' ? losslessSize(base) : lossySize(base);
  const head = Buffer.alloc(chunkBytes + extendedBytes);
  head.write('VP8X', 0, 'latin1');
  head.writeUInt32LE(extendedBytes, 4);
  head[8] = hasAlpha ? alphaFlag : 0;
  head.writeUIntLE(width - 1, 12, 3);
  head.writeUIntLE(height - 1, 15, 3);
  return Buffer.concat([base.subarray(0, riffBytes), head, base.subarray(riffBytes)]);
}

type Canvas = { readonly width: number; readonly height: number; readonly hasAlpha: boolean };

function losslessSize(base: Buffer): Canvas {
  const bits = base.readUInt32LE(riffBytes + chunkBytes + 1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, hasAlpha: ((bits >>> 28) & 1) === 1 };
}

function lossySize(base: Buffer): Canvas {
  const at = riffBytes + chunkBytes + 6;
  return { width: base.readUInt16LE(at) & 0x3fff, height: base.readUInt16LE(at + 2) & 0x3fff, hasAlpha: false };
}
