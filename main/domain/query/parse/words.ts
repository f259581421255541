/** One value as it stands in the query, without its quotes. */
export type ScannedValue = {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
};

const space = /[\s\x85]/;
/** Between the values of a list, also as Japanese, Chinese and Arabic keyboards type them. */
const separators = ',;、،';
/** Begins a part of its own: a sign, an operator or a field. */
const ownPart = /[()-]|(?:OR|AND|NOT|&&|\|\|)(?=[\s()]|$)|\p{L}[\p{L}\p{M}\p{N}_-]*\s*:/uy;

export function isSpace(character: string | undefined): boolean {
  return character !== undefined && space.test(character);
}

/** Straight quotes, and those that a paste from a document brings. */
export function isQuote(character: string | undefined): boolean {
  return character !== undefined && '"“”„‟«»〝〞〟'.includes(character);
}

/**
 * Where the word that begins at `from` ends: at a space, at a comma if asked, or at a `)` that it did not open itself,
 * so that `photo(1)` is one word.
 */
export function endOfWord(text: string, from: number, stopsAtSeparator = false): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (isSpace(character) || (stopsAtSeparator && isSeparator(character))) return at;
    if (character === '(') open++;
    if (character === ')' && --open < 0) return at;
  }
  return text.length;
}

/** The text in the quotes that open at `from`; `\"` and `\\` stand for themselves, the end of the query closes. */
export function readQuoted(text: string, from: number): { readonly text: string; readonly end: number } {
  const closing = text[from] === '"' ? '"' : '“”«»〝〞〟';
  let quoted = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    const next = text[at + 1];
    if (character === '\\' && (next === '\\' || next === '"')) {
      quoted += next;
      at++;
    } else if (closing.includes(character)) {
      return { text: quoted, end: at + 1 };
    } else {
      quoted += character;
    }
  }
  return { text: quoted, end: text.length };
}

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Returns the position behind the `)` that closes the `(` at `from`; the end of the query closes it, too. */
export function endOfGroup(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') open++;
    if (text[at] === ')' && --open === 0) return at + 1;
  }
  return text.length;
}

export function isSeparator(character: string | undefined): boolean {
  return character !== undefined && separators.includes(character);
}

/** Returns where a value begins that is expected at `from`: behind blanks, unless another part or nothing follows them. */
export function startOfValue(text: string, from: number): number {
  const start = skipSpace(text, from);
  if (start === from || start === text.length) return from;
  ownPart.lastIndex = start;
  return ownPart.test(text) ? from : start;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at++;
  return at;
}

/** Reads one value where it begins. `isFirst`: it stands behind the colon or a blank, not right behind a separator. */
export type ItemReader = (text: string, start: number, isFirst: boolean) => ScannedValue;

/** The one value at `from`, to the next space. */
export function readValue(text: string, from: number): ScannedValue {
  return readItem(text, from, false);
}

/** One value of a list, to the next space or separator. */
export function readListed(text: string, from: number): ScannedValue {
  return readItem(text, from, true);
}

/** The values at `from`, separated by commas or semicolons; empty ones, as in `png,`, are passed over. */
export function readList(
  text: string,
  from: number,
  read: ItemReader,
): { readonly items: readonly ScannedValue[]; readonly end: number } {
  const items: ScannedValue[] = [];
  let at = startOfValue(text, from);
  let isFirst = true;
  for (;;) {
    const item = read(text, at, isFirst);
    if (item.end > item.start) items.push(item);
    const separator = skipSpace(text, item.end);
    if (!isSeparator(text[separator])) return { items, end: item.end };
    at = startOfValue(text, separator + 1);
    isFirst = at > separator + 1;
    if (!isFirst && isSpace(text[at])) return { items, end: at };
  }
}

function readItem(text: string, from: number, stopsAtSeparator: boolean): ScannedValue {
  const isQuoted = isQuote(text[from]);
  const quoted = isQuoted ? readQuoted(text, from) : { text: '', end: from };
  const end = endOfWord(text, quoted.end, stopsAtSeparator);
  return { text: quoted.text + text.slice(quoted.end, end), isQuoted, start: from, end };
}

/** A regular expression at its opening `/`: up to the next `/` that is neither escaped nor in a class, and its flags. */
export function readPattern(
  text: string,
  from: number,
): { readonly sourceEnd: number; readonly flags: string; readonly end: number } {
  let isInClass = false;
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') isInClass = true;
    else if (character === ']') isInClass = false;
    else if (character === '/' && !isInClass) {
      const end = endOfWord(text, at + 1);
      return { sourceEnd: at, flags: text.slice(at + 1, end), end };
    }
  }
  return { sourceEnd: text.length, flags: '', end: text.length };
}
