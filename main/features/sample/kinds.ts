import type { FileFormat } from './images/formats.ts';
import type { Subject } from './images/scenes.ts';
import { hashOf, shareOf } from './randomness.ts';

type Shares = readonly (readonly [FileFormat, perMille: number])[];

const rare: Shares = [
  ['bmp', 6],
  ['avif', 14],
  ['tiff', 7],
  ['csv', 9],
  ['ttf', 4],
  ['mp4', 3],
];
const photographs: Shares = [['jpeg', 780], ['png', 90], ['webp', 70], ['gif', 15], ...rare];
const drawings: Shares = [['jpeg', 330], ['png', 470], ['webp', 50], ['gif', 50], ['svg', 45], ['ico', 12], ...rare];

/** The format of a picture, from a number from 0 to 1. */
export function chooseFormat(share: number, subject: Subject): FileFormat {
  const shares = subject === 'photo' ? photographs : drawings;
  let left = share * shares.reduce((sum, [, perMille]) => sum + perMille, 0);
  return shares.find(([, perMille]) => (left -= perMille) < 0)?.[0] ?? 'jpeg';
}

const extensions: Readonly<Record<FileFormat, readonly [string, ...string[]]>> = {
  jpeg: ['jpg', 'jpg', 'jpg', 'jpg', 'jpg', 'JPG', 'jpeg'],
  png: ['png', 'png', 'png', 'png', 'PNG'],
  webp: ['webp'],
  gif: ['gif', 'gif', 'gif', 'GIF'],
  svg: ['svg'],
  bmp: ['bmp'],
  avif: ['avif'],
  tiff: ['tif', 'tiff'],
  ico: ['ico'],
  csv: ['csv'],
  ttf: ['ttf'],
  mp4: ['mp4'],
};

/** What such a file is called by mistake. */
const lies: Partial<Readonly<Record<FileFormat, string>>> = { jpeg: 'png', png: 'jpg', webp: 'jpg', gif: 'png' };

/** The extension of an image's name, without the dot: one in some eighty lies. */
export function extensionFor(seed: number, index: number, format: FileFormat): string {
  const lie = lies[format];
  if (lie !== undefined && shareOf(seed, index, 51) < 0.013) return lie;
  const usual = extensions[format];
  return usual[hashOf(seed, index, 52) % usual.length] ?? usual[0];
}

const mediaTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ico: 'image/x-icon',
  csv: 'text/csv',
  ttf: 'font/ttf',
  mp4: 'video/mp4',
};

/** The Content-Type that a web server gives by the extension alone, in lower case. */
export function mediaTypeOf(ext: string): string {
  return (Object.hasOwn(mediaTypes, ext) ? mediaTypes[ext] : undefined) ?? 'application/octet-stream';
}
