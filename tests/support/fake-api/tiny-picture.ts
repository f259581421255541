import { padPng } from '../../../main/features/sample/padding/png.ts';

/** A valid PNG of one grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Creates a valid PNG of exactly this many bytes (200 or more), unique per label, without drawing. */
export function tinyPicture(label: string, bytes = 600): Buffer {
  return padPng(pixel, bytes - pixel.length, `${label} `);
}
