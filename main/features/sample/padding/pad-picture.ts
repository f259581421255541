import type { ImageFormat } from '../images/formats.ts';
import { padBoxes } from './boxes.ts';
import { padGif } from './gif.ts';
import { padBmp, padIco } from './headed.ts';
import { padJpeg } from './jpeg.ts';
import { padPng } from './png.ts';
import { padSvg } from './svg.ts';
import { padTiff } from './tiff.ts';
import { padWebp } from './webp.ts';

type Pad = (base: Uint8Array, gapBytes: number, label: string) => Buffer;

const pads: Readonly<Record<ImageFormat, Pad>> = {
  jpeg: padJpeg,
  png: padPng,
  webp: padWebp,
  gif: padGif,
  svg: padSvg,
  bmp: padBmp,
  avif: padBoxes,
  tiff: padTiff,
  ico: padIco,
};

/** What a picture's padding takes at least: room for the format's own frame around a label. */
export const leastPaddingBytes = 128;

/** The same picture as a file of exactly so many bytes, unlike any with another label (ASCII without a hyphen). */
export function padImage(format: ImageFormat, base: Uint8Array, bytes: number, label: string): Buffer {
  const gapBytes = bytes - base.length;
  if (gapBytes < leastPaddingBytes)
    throw new RangeError(`${bytes} bytes are too few for a ${format} of ${base.length}`);
  return pads[format](base, gapBytes, label);
}
