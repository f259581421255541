import { findKeys, type TextRange } from './key-spellings.ts';

const placeholder = '[key]';

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
/** The user and password of a URL. Begins at `://`, as to look for the scheme's start would take quadratic time. */
const credentials = /(:\/\/)[^\s/?#"']*@/g;
const cutCredentials = /(:\/\/)[^\s/?#"']*$/;

function replaceRanges(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let done = 0;
  for (const [start, end] of ranges.toSorted(([one], [other]) => one - other)) {
    if (start >= done) result += text.slice(done, start) + placeholder;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}

/**
 * Removes keys from a text before it is logged, stored or shown: those given, in any encoding, and whatever follows
 * `api-key`, `apiKey` or `key=` or stands before the @ of a URL. Takes time in proportion to the text's length. A text
 * longer than `limit` is cut first, and the part of a key that the cut leaves at its end is removed, too.
 */
export function redact(text: string, keys: readonly string[] = [], limit = Infinity): string {
  const isCut = text.length > limit;
  const shown = isCut ? text.slice(0, limit) : text;
  const result = replaceRanges(shown, findKeys(shown, keys, isCut))
    .replace(namedApiKey, `$1$2${placeholder}`)
    .replace(namedKey, `$1$2${placeholder}`)
    .replace(credentials, '$1');
  return isCut ? result.replace(cutCredentials, '$1').slice(0, limit) : result;
}
