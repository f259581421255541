import { u16be, u16le, u32be, u32le } from './integers.ts';

type Size = { readonly width: number; readonly height: number };

/** Larger EXIF blocks are not read: the orientation is among the first entries of the first directory. */
export const exifBytesMax = 65_536;

const orientationTag = 274;
const shortType = 3;

/** Returns the size as it is seen: EXIF's orientations 5 to 8 turn an image by a quarter. */
export function asSeen(size: Size, orientation: number): Size {
  return orientation >= 5 && orientation <= 8 ? { width: size.height, height: size.width } : size;
}

/** Reads the orientation (1 to 8) from an EXIF block; 1 if it has none. `Exif\0\0` may precede the block. */
export function exifOrientation(block: Uint8Array): number {
  const tiff = isExifHead(block) ? block.subarray(6) : block;
  const isLittle = tiff[0] === 0x49 && tiff[1] === 0x49;
  if (!isLittle && !(tiff[0] === 0x4d && tiff[1] === 0x4d)) return 1;
  const [u16, u32] = isLittle ? [u16le, u32le] : [u16be, u32be];
  if (u16(tiff, 2) !== 42) return 1;
  const directory = u32(tiff, 4);
  const count = directory + 2 > tiff.length ? 0 : u16(tiff, directory);
  for (let at = directory + 2; at < directory + 2 + count * 12 && at + 12 <= tiff.length; at += 12) {
    if (u16(tiff, at) === orientationTag && u16(tiff, at + 2) === shortType) return validOrientation(u16(tiff, at + 8));
  }
  return 1;
}

/** Returns 1, upright, for a value that is not an orientation. */
export function validOrientation(value: number): number {
  return value >= 1 && value <= 8 ? value : 1;
}

export function isExifHead(block: Uint8Array): boolean {
  return [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, index) => block[index] === byte);
}
