import { fallbackName, splitExtension } from './names.ts';
import { truncateToBytes, utf8Bytes } from '../text/utf8.ts';

/** What ext4, APFS and NTFS all take; as no UTF-16 unit is shorter than a byte, it is within 255 of those too. */
export const nameBytesMax = 255;

/** Why a name could not stay as it was. */
export type NameChange = 'device-name' | 'forbidden' | 'invisible' | 'ends' | 'too-long' | 'nothing-left';

/** Bringing a name to NFC, where it looks the same, is no change. */
export type PortableName = { readonly name: string; readonly changes: readonly NameChange[] };

const noChanges: readonly NameChange[] = [];

/** Nothing but characters that every system takes, and visible ones at both ends: most names, told at once. */
const plainName = /^[\w(-](?:[\w() .,+&@=~'-]*[\w()-])?$/;

/** Windows' devices, whatever follows the first dot, and blanks before it. */
const deviceName = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?= *(?:\.|$))/i;

/** U+F000 to U+F0FF stand for forbidden characters on SMB shares, in Cygwin and in WSL. */
const forbidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}<>:"/\\|?*\u{f000}-\u{f0ff}]/gu;

/**
 * Bidi and zero-width controls, fillers, tags. Captured is what shapes its neighbours: a joiner inside a word of a script
 * that needs it or inside an emoji, a variation selector behind its character, the tags of a flag.
 */
const invisible =
  /(?=[\p{Default_Ignorable_Code_Point}\u{fff9}-\u{fffb}])(?:((?<=[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]])[\u200c\u200d](?=[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]])|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=[^\p{Default_Ignorable_Code_Point}\s])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]|(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f})|.)/gsv;

/**
 * One path segment that Windows, macOS and Linux all take, never empty: what a system forbids becomes `_`, what nobody
 * sees goes, a device's name gets a `_` (`CON_.png`), a long name keeps its extension. Doing it twice changes nothing.
 */
export function portableName(text: string, maxBytes: number = nameBytesMax): PortableName {
  if (text.length <= maxBytes && plainName.test(text) && !deviceName.test(text)) {
    return { name: text, changes: noChanges };
  }
  const changes: NameChange[] = [];
  const note = (change: NameChange, before: string, after: string): string => {
    if (after !== before && !changes.includes(change)) changes.push(change);
    return after;
  };
  const composed = text.normalize('NFC');
  const visible = note('invisible', composed, composed.replace(invisible, '$1'));
  const allowed = note('forbidden', visible, visible.replace(forbidden, '_')).normalize('NFC');
  const trimmed = note('ends', allowed, trimEnds(allowed));
  const lostStem = trimmed === '' || (trimmed.startsWith('.') && !composed.startsWith('.'));
  const named = note('nothing-left', trimmed, lostStem ? fallbackName + trimmed : trimmed);
  const free = note('device-name', named, apartFromDevices(named));
  const short = note('too-long', free, shortenName(free, maxBytes));
  return { name: note('device-name', short, apartFromDevices(short)), changes };
}

/** `name (1).ext`, within the limit, of a portable name; `n` from 1. */
export function numberedName(name: string, n: number, maxBytes: number = nameBytesMax): string {
  const { stem, tail } = splitTail(name);
  const end = ` (${n})${tail}`;
  return truncateToBytes(stem, maxBytes - end.length) + end;
}

/** Whether `name` is, but for its case, what `numberedName` makes of `base`, for any number. */
export function isNumberedFrom(name: string, base: string): boolean {
  const digits = / \(([1-9][0-9]{0,8})\)$/.exec(splitTail(name).stem)?.[1];
  return digits !== undefined && collisionKey(numberedName(base, Number(digits))) === collisionKey(name);
}

const asciiOnly = /^[\0-\x7f]*$/;

/**
 * Two paths with the same key may be one file on some system: case folded in full as APFS does (ß is SS, ς is σ), which
 * takes in NTFS's simpler folding; NFD; without what casefolding ext4 ignores. It may hold two apart names for one.
 */
export function collisionKey(path: string): string {
  if (asciiOnly.test(path)) return path.toUpperCase();
  return path
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFD')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFD');
}

/** An extension is ASCII, so that the tail's units are its bytes. */
function splitTail(name: string): { stem: string; tail: string } {
  const { stem, ext } = splitExtension(name);
  return { stem, tail: ext === '' ? '' : `.${ext}` };
}

function apartFromDevices(name: string): string {
  return name.replace(deviceName, (device) => `${device}_`);
}

function shortenName(name: string, maxBytes: number): string {
  if (utf8Bytes(name) <= maxBytes) return name;
  const { stem, tail } = splitTail(name);
  const short = trimEnd(truncateToBytes(stem, maxBytes - tail.length).replace(/[\u200c\u200d]+$/, ''));
  return (short === '' ? fallbackName : short) + tail;
}

function trimEnds(text: string): string {
  let start = 0;
  while (start < text.length && isBlank(text, start)) start++;
  return trimEnd(text.slice(start));
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '.' || isBlank(text, end - 1))) end--;
  return text.slice(0, end);
}

function isBlank(text: string, at: number): boolean {
  return text[at] === ' ' || /\s/.test(text.charAt(at));
}
