/** Letters that carry no separable mark, and yet are typed as others; `ς`, `ſ` and `µ` are case variants. */
const plainLetters: Readonly<Record<string, string>> = {
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

const foldedLetters = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');
const beyondAscii = /[^\0-\x7f]/;

/**
 * What search compares: NFD without marks, lower case, ł ø đ ß æ œ ı … as plain letters. Folding twice changes nothing,
 * and a text folds to the same as its code points one by one.
 */
export function fold(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(foldedLetters, (letter) => plainLetters[letter] ?? letter);
}

/** UTF-16 offsets, `end` excluded. */
export type TextRange = { readonly start: number; readonly end: number };

/** Where `needle` occurs in `name` when both are folded, as whole characters of `name` with their marks, in order. */
export function findFolded(name: string, needle: string): readonly TextRange[] {
  const wanted = fold(needle);
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
  for (const character of text) {
    const end = offset + character.length;
    const plain = fold(character);
    if (plain === '') extendLastCharacter(starts, ends, end);
    folded += plain;
    while (starts.length < folded.length) {
      starts.push(offset);
      ends.push(end);
    }
    offset = end;
  }
  return { folded, starts, ends };
}

/** A mark that stands alone belongs to the character before it. */
function extendLastCharacter(starts: readonly number[], ends: number[], end: number): void {
  const start = starts.at(-1);
  for (let unit = ends.length - 1; unit >= 0 && starts[unit] === start; unit--) ends[unit] = end;
}
