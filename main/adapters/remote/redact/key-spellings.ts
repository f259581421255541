/** A text decoded, with the range of the original text that each of its characters came from. */
type Decoded = { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] };

/** From and to, in UTF-16 units of the text. */
export type TextRange = readonly [start: number, end: number];

/** Shorter texts would redact half of every sentence, and no key is that short. */
const shortestKey = 4;
/** A shorter key may stand in a text by chance. */
const tellingKey = 8;
/** No program decodes one text so often. */
const mostPasses = 20;
/** A shorter part of a key helps nobody to guess it. */
const shortestPart = 4;

/**
 * One escape: percent-encoding at any depth (`%2525…41`), JSON's and JavaScript's escapes, HTML's entities, and the
 * invisible characters that URL parsers drop. Each alternative reads a run once, so that matching is linear.
 */
const escapes = new RegExp(
  [
    String.raw`%(?:25)*([0-7][0-9a-f])`,
    String.raw`(?:%u00|\\u00|\\x)([0-7][0-9a-f])`,
    String.raw`&#x0{0,6}([0-7][0-9a-f]);?`,
    String.raw`&#0{0,6}([0-9]{2,3})(?![0-9]);?`,
    String.raw`&(amp|lt|gt|quot|apos);`,
    String.raw`\\([^ux])`,
    String.raw`[\t\r\n\u00ad\u200b-\u200f\u2060\ufeff]`,
  ].join('|'),
  'gi',
);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const escapedControls = /[bfnrt]/;

function meaningOf([, percent, code, hex, decimal, entity, escaped]: readonly (string | undefined)[]): string {
  const digits = percent ?? code ?? hex;
  if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  if (entity !== undefined) return entities[entity.toLowerCase()] ?? '';
  return escaped === undefined || escapedControls.test(escaped) ? '' : escaped;
}

/** Undoes one level of escapes; undefined if the text holds none. */
function decodeOnce({ text, starts, ends }: Decoded): Decoded | undefined {
  let decoded = '';
  let done = 0;
  const from: number[] = [];
  const to: number[] = [];
  const copy = (until: number): void => {
    decoded += text.slice(done, until);
    for (; done < until; done += 1) {
      from.push(starts[done] ?? 0);
      to.push(ends[done] ?? 0);
    }
  };
  for (const match of text.matchAll(escapes)) {
    copy(match.index);
    done = match.index + match[0].length;
    const meaning = meaningOf(match);
    if (meaning === '') continue;
    decoded += meaning;
    from.push(starts[match.index] ?? 0);
    to.push(ends[done - 1] ?? 0);
  }
  if (done === 0) return undefined;
  copy(text.length);
  return { text: decoded, starts: from, ends: to };
}

/** The text as it came and after each pass of decoding; `isWhole` is false if it still holds escapes after the last. */
function everyLevel(text: string): { readonly levels: readonly Decoded[]; readonly isWhole: boolean } {
  const starts = Array.from({ length: text.length }, (_, at) => at);
  let decoded: Decoded | undefined = { text, starts, ends: starts.map((at) => at + 1) };
  const levels: Decoded[] = [];
  while (decoded !== undefined && levels.length < mostPasses) {
    levels.push(decoded);
    decoded = decodeOnce(decoded);
  }
  return { levels, isWhole: decoded === undefined };
}

/** Ignores case, full-width forms, and whether a blank is written as `+`; keeps the length. */
function fold(text: string): string {
  return text.replace(/[A-Z \uff01-\uff5e]/g, (character) => {
    if (character === ' ') return '+';
    const code = character.charCodeAt(0);
    return String.fromCharCode(code > 0x7f ? code - 0xfee0 : code).toLowerCase();
  });
}

/** Base64 in its usual alphabet; keeps the length. */
function usualBase64(text: string): string {
  return text.replace(/[-_]/g, (character) => (character === '-' ? '+' : '/'));
}

/** The part of a text's base64 that is the same whatever stands before and after the text, by its position in a group. */
function base64Parts(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
}

type Forms = { readonly folded: readonly string[]; readonly base64: readonly string[] };

function formsOf(key: string): Forms {
  const decoded = everyLevel(key).levels.at(-1)?.text ?? key;
  const written = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), Buffer.from(key).toString('hex')];
  const forms = [...written, decoded].filter(({ length }) => length >= shortestKey);
  return { folded: forms.map(fold), base64: key.length < tellingKey ? [] : base64Parts(key) };
}

function* rangesOf(form: string, text: string): Generator<TextRange> {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) yield [at, at + form.length];
}

/** Finds the longest end of the text that the form begins with. */
function partAtEnd(form: string, text: string): TextRange | undefined {
  for (let length = Math.min(form.length - 1, text.length); length >= shortestPart; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return [text.length - length, text.length];
  }
  return undefined;
}

function rangesIn({ text, starts, ends }: Decoded, { folded, base64 }: Forms, isCut: boolean): TextRange[] {
  const searched = [
    ...folded.map((form) => ({ form, text: fold(text) })),
    ...base64.map((form) => ({ form, text: usualBase64(text) })),
  ];
  const found = searched.flatMap(({ form, text: where }) => {
    const part = isCut ? partAtEnd(form, where) : undefined;
    return [...rangesOf(form, where), ...(part === undefined ? [] : [part])];
  });
  return found.map(([start, end]) => [starts[start] ?? 0, ends[end - 1] ?? 0]);
}

/** An escape that a cut may have ended. */
const unfinishedEscape = /(?:%(?:25)*[0-9a-f]?|%u[0-9a-f]{0,3}|\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|&#?[a-z0-9]{0,8})$/i;

/**
 * Finds the keys in a text, in any case and any encoding: percent-encoded, escaped, as base64 or hexadecimal digits, one
 * within another. If the text was cut, also finds the first part of a key at its end. The ranges may overlap.
 */
export function findKeys(text: string, keys: readonly string[], isCut: boolean): readonly TextRange[] {
  const long = keys.filter(({ length }) => length >= shortestKey);
  if (long.length === 0) return [];
  const end = isCut ? text.search(unfinishedEscape) : -1;
  const whole = end < 0 ? text : text.slice(0, end);
  const { levels } = everyLevel(whole);
  const ranges = long.flatMap((key) => {
    const forms = formsOf(key);
    return levels.flatMap((level) => rangesIn(level, forms, isCut));
  });
  return ranges.map(([from, to]) => [from, to === whole.length ? text.length : to]);
}

/** Makes a function that says whether a URL, or another text of a listing, holds one of the keys in any spelling. */
export function createKeyDetector(keys: Iterable<string>): (text: string) => boolean {
  const forms = Array.from(keys)
    .filter(({ length }) => length >= tellingKey)
    .map(formsOf);
  return (text) => {
    if (forms.length === 0) return false;
    // The URL parser maps the letters of a host name in ways of its own.
    const texts = new Set([text, URL.parse(text)?.href ?? text]);
    return [...texts].some((one) => {
      const { levels, isWhole } = everyLevel(one);
      return !isWhole || levels.some((level) => forms.some((form) => rangesIn(level, form, false).length > 0));
    });
  };
}
