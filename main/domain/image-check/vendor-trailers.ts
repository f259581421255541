import { ascii } from './integers.ts';

/**
 * How the data that cameras and programs append to a JPEG ends, as Latin-1; `?` stands for any byte. By ExifTool's
 * IdentifyTrailer.
 */
const endings: readonly (readonly [vendor: string, ending: string])[] = [
  ['Samsung', '\0\0SEFT'],
  ['Samsung', '\0\0QDIOBS'],
  ['Insta360', '8db42d694ccc418790edff439fe026bf'],
  ['Vivo', '\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1'],
  ['OnePlus', 'jxrs???\0'],
  ['Nikon', '\0\0\0\0\0\0/NIKON APP'],
  ['Canon', `CANON OPTIONAL DATA\0${'?'.repeat(44)}`],
  ['Photo Mechanic', 'cbipcbbl'],
  ['FotoStation', '\xa1\xb2\xc3\xd4'],
  ['AFCP', 'AXS!????????'],
  ['AFCP', 'AXS*????????'],
  ['MIE', '~\0\x04\0zmie~\0\0\x06?????\x04'],
  ['MIE', '~\0\x04\0zmie~\0\0\x0a?????????\x08'],
];

/** Names whose data ends a file, by its last 64 bytes; undefined if none is known. */
export function trailerVendor(tail: Uint8Array): string | undefined {
  const text = ascii(tail);
  return endings.find(([, ending]) => {
    const last = text.slice(-ending.length);
    return (
      last.length === ending.length && Array.from(last).every((byte, at) => ending[at] === '?' || ending[at] === byte)
    );
  })?.[0];
}
