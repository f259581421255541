import { padPng } from '../../../main/features/sample/padding/png.ts';

/** A whole PNG of one grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** A whole PNG of exactly so many bytes (200 or more), unlike any with another label: made at once, without drawing. */
export function tinyPicture(label: string, bytes = 600): Buffer {
  return padPng(pixel, bytes - pixel.length, `${label} `);
}
