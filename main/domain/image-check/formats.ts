import { isBmpHeaderLength, walkBmp } from './formats/bmp.ts';
import type { Cursor, Walker } from './byte-feed.ts';
import { walkGif } from './formats/gif.ts';
import { walkIco } from './formats/ico.ts';
import { ascii, u16le, u32le } from './integers.ts';
import { walkIsoMedia } from './formats/iso-media.ts';
import { walkJpeg } from './formats/jpeg.ts';
import { walkMarkup } from './formats/markup.ts';
import { walkPng } from './formats/png.ts';
import { walkTiff } from './formats/tiff.ts';
import { walkWebp } from './formats/webp.ts';
import { walkWideMarkup } from './formats/wide-markup.ts';

export type Format = {
  /** As people write it; '' for text, which may yet turn out to be anything. */
  readonly name: string;
  readonly walk: (cursor: Cursor) => Walker;
};

type Signature = Format & {
  /** How the file begins, as Latin-1; `?` stands for any byte. */
  readonly begins: string;
  readonly accepts?: (head: Uint8Array) => boolean;
};

/** How many bytes a signature needs at most: a BMP is only told from text by its second header's length. */
export const signatureBytes = 22;

const signatures: readonly Signature[] = [
  { name: 'PNG', begins: '\x89PNG\r\n\x1a\n', walk: walkPng },
  { name: 'JPEG', begins: '\xff\xd8\xff', walk: walkJpeg },
  { name: 'GIF', begins: 'GIF87a', walk: walkGif },
  { name: 'GIF', begins: 'GIF89a', walk: walkGif },
  { name: 'WebP', begins: 'RIFF????WEBP', walk: walkWebp },
  { name: 'AVIF or HEIC', begins: '????ftyp', walk: walkIsoMedia },
  { name: 'TIFF', begins: 'II*\0', walk: walkTiff },
  { name: 'TIFF', begins: 'MM\0*', walk: walkTiff },
  { name: 'TIFF', begins: 'II+\0\x08\0\0\0', walk: walkTiff },
  { name: 'TIFF', begins: 'MM\0+\0\x08\0\0', walk: walkTiff },
  { name: 'BMP', begins: 'BM', walk: walkBmp, accepts: (head) => isBmpHeaderLength(u32le(head, 14)) },
  { name: 'ICO', begins: '\0\0\x01\0', walk: walkIco, accepts: holdsIcons },
  { name: 'ICO', begins: '\0\0\x02\0', walk: walkIco, accepts: holdsIcons },
  { name: '', begins: '\xff\xfe<\0', walk: walkWideMarkup(false) },
  { name: '', begins: '\xfe\xff\0<', walk: walkWideMarkup(true) },
];

/** The format that a file's first bytes announce; `head` may be shorter than `signatureBytes` when the file is. */
export function formatOf(head: Uint8Array): Format {
  const found = signatures.find(({ begins, accepts }) => {
    return head.length >= begins.length && agrees(head, begins) && (accepts === undefined || accepts(head));
  });
  return found ?? { name: '', walk: walkMarkup };
}

/** Whether a stub that is too short to be recognised could have become a picture. */
export function beginsLike(head: Uint8Array): boolean {
  return signatures.some(({ begins }) => !begins.startsWith('?') && agrees(head, begins));
}

function agrees(head: Uint8Array, begins: string): boolean {
  const text = ascii(head, 0, begins.length);
  return Array.from(text).every((character, at) => begins[at] === '?' || begins[at] === character);
}

/** Four bytes are little to go by: the directory's first entry must look like one too. */
function holdsIcons(head: Uint8Array): boolean {
  const reserved = head[9] === 0 || head[9] === 255;
  return u16le(head, 4) > 0 && reserved && u32le(head, 14) > 0 && u32le(head, 18) >= 22;
}
