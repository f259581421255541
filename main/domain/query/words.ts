/** One value as it stands in the query, without its quotes. */
export type ScannedValue = {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
};

const space = /\s/;

export function isSpace(character: string | undefined): boolean {
  return character !== undefined && space.test(character);
}

/** Straight quotes, and the curly ones that a paste from a document brings. */
export function isQuote(character: string | undefined): boolean {
  return character !== undefined && '"“”„'.includes(character);
}

/**
 * Where the word that begins at `from` ends: at a space, at a comma if asked, or at a `)` that it did not open itself,
 * so that `photo(1)` is one word.
 */
export function endOfWord(text: string, from: number, stopsAtComma = false): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (isSpace(character) || (stopsAtComma && character === ',')) return at;
    if (character === '(') open++;
    if (character === ')' && --open < 0) return at;
  }
  return text.length;
}

/** The text in the quotes that open at `from`; `\"` and `\\` stand for themselves, the end of the query closes. */
export function readQuoted(text: string, from: number): { readonly text: string; readonly end: number } {
  const closing = text[from] === '"' ? '"' : '“”';
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

/** The one value at `from`, to the next space. */
export function readValue(text: string, from: number): ScannedValue {
  return readItem(text, from, false);
}

/** The values at `from`, parted by commas; empty ones, as in `png,`, are passed over. */
export function readList(
  text: string,
  from: number,
): { readonly items: readonly ScannedValue[]; readonly end: number } {
  const items: ScannedValue[] = [];
  let at = from;
  for (;;) {
    const item = readItem(text, at, true);
    if (item.end > item.start) items.push(item);
    if (text[item.end] !== ',') return { items, end: item.end };
    at = item.end + 1;
  }
}

function readItem(text: string, from: number, stopsAtComma: boolean): ScannedValue {
  const isQuoted = isQuote(text[from]);
  const quoted = isQuoted ? readQuoted(text, from) : { text: '', end: from };
  const end = endOfWord(text, quoted.end, stopsAtComma);
  return { text: quoted.text + text.slice(quoted.end, end), isQuoted, start: from, end };
}

/** A regular expression at its opening `/`: up to the next `/` that is neither escaped nor in a class, and its flags. */
export function readPattern(
  text: string,
  from: number,
): { readonly source: string; readonly flags: string; readonly end: number } {
  let isInClass = false;
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') isInClass = true;
    else if (character === ']') isInClass = false;
    else if (character === '/' && !isInClass) {
      const end = endOfWord(text, at + 1);
      return { source: text.slice(from + 1, at), flags: text.slice(at + 1, end), end };
    }
  }
  return { source: text.slice(from + 1), flags: '', end: text.length };
}
