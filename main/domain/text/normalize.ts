/** Letters that carry no separable mark, and yet are typed as others; `ς`, `ſ` and `µ` are case variants. */
const plainLetterOf: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ſ: 's',
  ς: 'σ',
  µ: 'μ',
};
/** Maps each of the characters to the same form. */
const allTo = (form: string, characters: string): Record<string, string> =>
  Object.fromEntries([...characters].map((character) => [character, form]));
const plainForms: Readonly<Record<string, string>> = {
  ...plainLetterOf,
  ...allTo("'", '`‘’‚‛‹›❛❜′‵ʹʻʼʽˊˋ׳'),
  ...allTo('"', '“”„‟«»❝❞〝〞〟״'),
  '⁄': '/',
  '∕': '/',
  '〜': '~',
};
const withPlainLetter = new RegExp(`[${Object.keys(plainLetterOf).join('')}]`, 'g');
/** A class of an expression: dashes and what is used for one. */
export const dashes = String.raw`[\p{Pd}−⁃˗]`;
const withPlainForm = new RegExp(`[${Object.keys(plainForms).join('')}]|${dashes}`, 'gu');

/** Matches texts that fold by more than their letter case. */
const needsMore = /[^ -_a-~]| {2}/;
export const invisible = /(?![\t-\r\x85])\p{Cc}|\p{Default_Ignorable_Code_Point}/gu;
const blank = /[\s\x85]/g;
/** Not the blank that a mark stands on, such as the one in the decomposed form of `¨`. */
const blankRun = / +(?!\p{M})/gu;
/** Their compatibility forms are a blank with a mark, and a pair. */
const typedQuotes: Readonly<Record<string, string>> = { '´': "'", '\u1ffd': "'", '΄': "'", '″': '"', '‶': '"' };
const typedQuote = /[´\u1ffd΄″‶]/g;
/** Marks that people leave out when they type: accents, Hebrew points, Arabic vowel signs and the stretching of words. */
const optionalMarks = new RegExp(
  String.raw`([\p{L}&&[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]])` +
    String.raw`((?:[\p{M}&&[[\p{sc=Inherited}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}]--[\u3099\u309a]]]|\u0640)+)`,
  'gv',
);
const breve = '\u0306';

/**
 * Returns what search compares: NFKC, in lower case, without optional marks (й stays, as it does in Unicode's root
 * collation) and invisible characters; a run of blanks as one space; quotes, dashes, ł ø đ ß æ œ ı … in their plain form.
 * Folding twice changes nothing.
 */
export function normalize(text: string): string {
  if (!needsMore.test(text)) return text.toLowerCase();
  const folded = text.replace(oddPart, foldOddPart).toLowerCase();
  return folded.includes('  ') ? folded.replace(blankRun, ' ') : folded;
}

/** Characters that do more than change their case, with the one before that marks among them may belong to. */
const oddPart = /[ -~]?[^ -_a-~]+/g;
const knownParts = new Map<string, string>();
const mostKnownParts = 5_000;
const longestKnownPart = 100;

/** Remembers its answers: a library's names share most of these parts. */
function foldOddPart(part: string): string {
  if (part.length > longestKnownPart) return foldFully(part);
  let folded = knownParts.get(part);
  if (folded === undefined) {
    folded = foldFully(part);
    if (knownParts.size >= mostKnownParts) knownParts.clear();
    knownParts.set(part, folded);
  }
  return folded;
}

function foldFully(text: string): string {
  return text
    .replace(invisible, '')
    .replace(blank, ' ')
    .replace(typedQuote, (quote) => typedQuotes[quote] ?? quote)
    .normalize('NFKD')
    .toLowerCase()
    .replace(optionalMarks, withoutMarks)
    .normalize('NFC')
    .replace(withPlainForm, (character) => plainForms[character] ?? '-');
}

function withoutMarks(_: string, base: string, marks: string): string {
  return base === 'и' && marks.includes(breve) ? base + breve : base;
}

/** Returns the text in lower case, without optional marks, and with ł ø đ ß æ œ ı … as plain letters. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(optionalMarks, withoutMarks)
    .normalize('NFC')
    .replace(withPlainLetter, (letter) => plainLetterOf[letter] ?? letter);
}

/** UTF-16 offsets, `end` excluded. */
export type TextRange = { readonly start: number; readonly end: number };

/** Where `needle` occurs in `name` when both are folded, as whole characters of `name` with their marks, in order. */
export function findNormalized(name: string, needle: string): readonly TextRange[] {
  const wanted = normalize(needle);
  if (wanted === '') return [];
  const { folded, starts, ends } = foldWithOffsets(name);
  const ranges: TextRange[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const start = starts[at] ?? 0;
    const end = ends[at + wanted.length - 1] ?? name.length;
    const last = ranges.at(-1);
    if (last !== undefined && start < last.end) ranges[ranges.length - 1] = { start: last.start, end };
    else ranges.push({ start, end });
  }
  return ranges;
}

/** For each UTF-16 unit of the folded text, where the character that it came from starts and ends. */
function foldWithOffsets(text: string): { folded: string; starts: readonly number[]; ends: readonly number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  let offset = 0;
  for (const piece of cutForFolding(text)) {
    const end = offset + piece.length;
    folded += normalize(piece);
    while (starts.length < folded.length) {
      starts.push(offset);
      ends.push(end);
    }
    offset = end;
  }
  return { folded, starts, ends };
}

/** Cuts a text where no side's folding depends on the other: before all but marks, invisible characters and runs of blanks. */
function cutForFolding(text: string): readonly string[] {
  const pieces: string[] = [];
  let endsInBlank = false;
  for (const character of text) {
    const isInvisible = character.search(invisible) === 0;
    const isBlank = !isInvisible && character.search(blank) === 0;
    const isJoined = isInvisible || (isBlank && endsInBlank) || joinsLast(character);
    pieces.push(isJoined ? (pieces.pop() ?? '') + character : character);
    if (!isInvisible) endsInBlank = isBlank;
  }
  return pieces;
}

/** Returns whether folding may join a character to the one before it, or drop it there: marks, vowels and finals of Hangul. */
function joinsLast(character: string): boolean {
  return character >= '\x80' && /^[\p{M}\u0640\u1160-\u11ff]/u.test(character.normalize('NFKD'));
}
