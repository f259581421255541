const placeholder = '[key]';
/** Shorter texts would redact half of every sentence, and no key is that short. */
const shortestKey = 4;

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** Each character of the key as itself, percent-encoded any number of times, or as JSON escapes it. */
function keyPattern(key: string): RegExp {
  const characters = [...key].map((character) => {
    const percent = [...Buffer.from(character)].map((byte) => `%(?:25)*${byte.toString(16).padStart(2, '0')}`).join('');
    const unicode = character.codePointAt(0)?.toString(16).padStart(4, '0') ?? '';
    const plus = character === ' ' ? '|\\+' : '';
    return `(?:${escapeForPattern(character)}|${percent}|\\\\u${unicode}|\\\\${escapeForPattern(character)}${plus})`;
  });
  // Case matters to a key, but not to the digits of its encoding; over-redacting the other case harms nobody.
  return new RegExp(characters.join(''), 'gi');
}

const value = String.raw`(?!\[key\])((?:basic|bearer)\s+)?[^\s"'\\,;&<>)}\]%]+(?:%(?!(?:25)*26)[^\s"'\\,;&<>)}\]%]*)*`;
const equals = String.raw`\s*=\s*["'\\]*|%(?:25)*3d|["'\\]+\s*:\s*["'\\]*`;
const start = String.raw`(?:^|[^a-z0-9]|%[0-9a-f]{2})`;
/** `api-key: …`, `apiKey=…`, `"api_key": "…"` in plain text, in JSON and percent-encoded. */
const namedApiKey = new RegExp(
  `(${start}(?:api(?:[-_]|%(?:25)*(?:2d|5f))?key|access[-_]?token|authorization)(?:${equals}|:\\s*))${value}`,
  'gi',
);
/** A parameter `key=…`; a mere colon behind the word is an English sentence. */
const namedKey = new RegExp(`(${start}key(?:${equals}))${value}`, 'gi');
const credentials = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"']+@/gi;

/**
 * Takes keys out of a text before it is logged or shown: the ones given, in any encoding, and whatever stands behind
 * `api-key`, `apiKey` or `key=` or before the @ of a URL.
 */
export function redact(text: string, keys: readonly string[] = []): string {
  let result = text;
  for (const key of keys) {
    if (key.length >= shortestKey) result = result.replace(keyPattern(key), placeholder);
  }
  return result
    .replace(namedApiKey, `$1$2${placeholder}`)
    .replace(namedKey, `$1$2${placeholder}`)
    .replace(credentials, '$1');
}
