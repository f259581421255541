const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
const each = (key: string, write: (character: string, index: number) => string): string =>
  Array.from(key, write).join('');
const percent = (key: string): string => each(key, (character) => `%${hex(character)}`);

/** Returns spellings of a key that some program decodes again, each different from the key. */
export function spellings(key: string): Readonly<Record<string, string>> {
  return {
    'in upper case': key.toUpperCase(),
    'in lower case': key.toLowerCase(),
    'percent-encoded': percent(key),
    'percent-encoded in upper case': percent(key).toUpperCase(),
    'percent-encoded twice': percent(key).replaceAll('%', '%25'),
    'percent-encoded nine times': percent(key).replaceAll('%', `%${'25'.repeat(8)}`),
    'percent-encoded, the percent signs by their digits': percent(key).replaceAll('%', '%%32%35'),
    'percent-encoded in part': each(key, (character, index) => (index % 2 === 0 ? character : `%${hex(character)}`)),
    'percent-encoded at several levels': each(key, (character, index) => `%${'25'.repeat(index % 4)}${hex(character)}`),
    'percent-encoded in another case': percent(key.toUpperCase()),
    'by escape() of old scripts': each(key, (character) => `%u00${hex(character)}`),
    'with JSON escapes': each(key, (character) => `\\u00${hex(character)}`),
    'with decimal entities': each(key, (character) => `&#${character.charCodeAt(0)};`),
    'with hexadecimal entities': each(key, (character) => `&#x${hex(character)};`),
    'with line ends, which URLs drop': each(key, (character, index) =>
      index % 5 === 4 ? `${character}\n` : character,
    ).trim(),
    'with invisible characters': each(key, (character, index) => (index === 3 ? `${character}\u200b` : character)),
    'in full-width forms': each(key, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
    'as hexadecimal digits': each(key, hex),
  };
}
