import { formatSize } from '../../domain/image/size.ts';
import { isEvenFormat, smallestBytes, type FileFormat } from './images/formats.ts';
import { shareOf } from './randomness.ts';

const kib = 1024;

/** Sizes lie around these; most are under four times as much. */
const medianBytes: Readonly<Record<FileFormat, number>> = {
  jpeg: 72 * kib,
  png: 84 * kib,
  webp: 40 * kib,
  gif: 110 * kib,
  svg: 34 * kib,
  bmp: 520 * kib,
  avif: 34 * kib,
  tiff: 220 * kib,
  ico: 14 * kib,
  csv: 18 * kib,
  ttf: 64 * kib,
  mp4: 1_400 * kib,
};

const spread = 1.02;
/** Of four numbers from 0 to 1, added up: close to a normal distribution, and with ends. */
const deviation = Math.sqrt(4 / 12);

/** How large an image's file is, in bytes: many small ones, few large ones, none above some 4 MB. */
export function fileBytes(seed: number, index: number, format: FileFormat): number {
  const sum = [31, 32, 33, 34].reduce((total, salt) => total + shareOf(seed, index, salt), 0);
  const wide = format === 'bmp' || format === 'mp4' ? 0.35 : spread;
  const drawn = Math.round(medianBytes[format] * Math.exp((wide * (sum - 2)) / deviation));
  const least = smallestBytes(format);
  // Too small ones are not all made the smallest: they would stand in a row.
  const bytes = drawn >= least ? drawn : least + Math.round(shareOf(seed, index, 35) * least * 0.6);
  return isEvenFormat(format) ? bytes - (bytes % 2) : bytes;
}

/** As the API writes it: `137 Kb`, `1 Mb`, `1.2 Mb`. */
export function apiSizeText(bytes: number): string {
  return formatSize(bytes).replace('B', 'b').replace(' b', ' B');
}
