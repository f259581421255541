/** Names that Windows, macOS and Linux reject, from their documentation and not from the code under test. */

const devices = new Set(['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$']);
for (const port of ['COM', 'LPT']) for (const digit of '0123456789¹²³') devices.add(port + digit);

const unseen = [
  [0x00ad, 0x00ad],
  [0x061c, 0x061c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
] as const;

/** Invisible characters that shape their neighbours: joiners, variation selectors, a flag's tags. */
const shaping =
  /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d](?=[\p{L}\p{M}\p{Extended_Pictographic}])|(?<=\S)[\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]|(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f}/gu;

/** Returns why a system rejects the name as a path segment; undefined if all accept it. */
export function refusalOf(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'no name';
  if (Buffer.byteLength(name) > 255) return 'over 255 bytes';
  if (name.length > 255) return 'over 255 units';
  if (!name.isWellFormed()) return 'a lone surrogate';
  if (name !== name.normalize('NFC')) return 'not in NFC';
  if (name.startsWith(' ') || name.endsWith(' ') || name.endsWith('.')) return 'a blank or a dot at an end';
  for (const character of name.replace(shaping, '')) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return 'a control character';
    if ('<>:"/\\|?*'.includes(character)) return `a ${character}`;
    if (unseen.some(([from, to]) => point >= from && point <= to)) return `an unseen ${point.toString(16)}`;
  }
  const stem = (name.split('.')[0] ?? '').replace(/ +$/, '').toUpperCase();
  return devices.has(stem) ? 'a device of Windows' : undefined;
}
