import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNormalized, normalize } from '../../main/domain/text/normalize.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('a', 'A', 'é', 'e\u0301', 'ß', 'ẞ', 'Ł', 'İ', 'ı', 'Σ', 'ς', 'æ', '각', '\u0301', '😀', '\ud83d'),
    )
    .map((parts) => parts.join('')),
  fc
    .array(
      fc.constantFrom(
        ...['か', '\u3099', 'ﾊ', 'ﾞ', 'ป', '\u0e39', 'ำ', 'क', 'ि', '\u094d', 'и', '\u0306', 'й', 'ё', '\u0308'],
        ...[
          'א',
          '\u05b8',
          'م',
          '\u064e',
          'ـ',
          'ᄒ',
          'ᅡ',
          'ᆫ',
          'ㅎ',
          'ㅏ',
          '２',
          'ﬁ',
          '²',
          '¨',
          '´',
          '’',
          '“',
          '–',
          '…',
        ],
        ...[' ', '\u00a0', '\u3000', '\t', '\u00ad', '\u200d', '\ufe0f', '\u202e', '\ufeff', '\u0338', '=', 'x', '~'],
      ),
    )
    .map((parts) => parts.join('')),
);

/** Returns whether normalization, case or composition changes the character. */
function isOdd(character: string): boolean {
  return [character.toLowerCase(), character.toUpperCase(), character.normalize('NFKD'), normalize(character)].some(
    (other) => other !== character,
  );
}

describe('folding', () => {
  test.each([
    ['IMG_0042.JPG', 'img_0042.jpg'],
    ['Café', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    ['Ångström', 'angstrom'],
    ['ŁÓDŹ', 'lodz'],
    ['Øl & Smørrebrød', 'ol & smorrebrod'],
    ['Đakovo', 'dakovo'],
    ['STRAẞE straße', 'strasse strasse'],
    ['Æther œuvre', 'aether oeuvre'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['Я́блоко', 'яблоко'],
    ['', ''],
    // Marks stay if the letter without them is a different one.
    ['がん バナー パン', 'がん バナー パン'],
    ['か\u3099ん ハ\u309aン', 'がん パン'],
    ['ปู น้ำ', 'ปู น้\u0e4dา'],
    ['कि पु क्ष', 'कि पु क्ष'],
    ['ကို ភាសា བོད', 'ကို ភាសា བོད'],
    ['한글 \u1112\u1161\u11ab', '한글 한'],
    ['Мой ЁЖ и\u0306', 'мой еж й'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد أحمد ـَمـد', 'محمد احمد ـ\u064eمد'],
    ['Ѐ Ά ΐ ᾳ', 'е α ι α'],
    ['\u0301 -\u0301 \u0e38', '\u0301 -\u0301 \u0e38'],
    // Forms of the same character are equal.
    ['２０２６年 ＩＭＧ（１）', '2026年 img(1)'],
    ['ﬁnal ﬀ ㎏ m² ① ™ ½', 'final ff kg m2 1 tm 1/2'],
    ['ﾊﾞﾅｰ ｶﾞ', 'バナー ガ'],
    ['K Å ſ µ ϴ', 'k a s μ θ'],
    ['4.42.48\u202fPM a\u00a0b a\u3000b a\tb a \u2009 b', '4.42.48 pm a b a b a b a b'],
    ['Levi’s Leviʼs Levi´s Levi`s Levi‘s', "levi's levi's levi's levi's levi's"],
    ['“a” „a‟ «a» ″a″ ‹a›', '"a" "a" "a" "a" \'a\''],
    ['a – b — c ‐ d ‑ e − f ― g', 'a - b - c - d - e - f - g'],
    ['wait…', 'wait...'],
    ['2026〜27 2026～27', '2026~27 2026~27'],
    ['so\u00adft wo\u200brd \ufeffa\u200db\u200cc\u2060 \u202eabc\u202c ❤\ufe0f', 'soft word abc abc ❤'],
    ['a\u200d\u0301', 'a'],
    ['a\u0000\u007fb', 'ab'],
  ])('%s becomes %s', (text, folded) => {
    expect(normalize(text)).toBe(folded);
  });

  test('twice is as once, composed is as decomposed, and what is typed of a text stands in it', () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        expect(normalize(normalize(text))).toBe(normalize(text));
        expect(normalize(text.normalize('NFD'))).toBe(normalize(text));
        expect(normalize(text.normalize('NFC'))).toBe(normalize(text));
        expect(normalize(`${text} x ${other}`)).toContain(normalize(`x ${other}`));
      }),
      { numRuns: 1_000 },
    );
  });

  test('every code point folds like itself in upper and lower case, with or without composing', () => {
    for (let codePoint = 0; codePoint < 0x20000; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (!isOdd(character)) continue;
      expect(normalize(normalize(character))).toBe(normalize(character));
      expect(normalize(character.normalize('NFD'))).toBe(normalize(character));
      expect(normalize(character.toLowerCase())).toBe(normalize(character));
    }
  });
});

describe('finding a folded text', () => {
  test.each([
    ['Café au lait', 'cafe', [[0, 4]]],
    ['Cafe\u0301 au lait', 'CAFÉ', [[0, 5]]],
    ['Cafe\u0301', 'e', [[3, 5]]],
    ['Straße', 'ss', [[4, 5]]],
    [
      'Straße',
      's',
      [
        [0, 1],
        [4, 5],
      ],
    ],
    ['Straße', 'asse', [[3, 6]]],
    [
      'logo logo',
      'LOGO',
      [
        [0, 4],
        [5, 9],
      ],
    ],
    ['aaa', 'aa', [[0, 2]]],
    ['😀é😀', 'e', [[2, 3]]],
    ['logo', 'x', []],
    ['logo', '', []],
    ['logo', '\u0301', []],
    ['', 'a', []],
    ['がん', 'かん', []],
    ['か\u3099ん', 'が', [[0, 2]]],
    ['ﾊﾞﾅｰ', 'バ', [[0, 2]]],
    ['Мой', 'мои', []],
    ['２０２６年', '2026年', [[0, 5]]],
    ['the ﬁnal', 'fin', [[4, 6]]],
    ['Levi’s', "levi's", [[0, 6]]],
    ['a – b', 'a - b', [[0, 5]]],
    ['so\u00adft', 'soft', [[0, 5]]],
    ['a \u00a0 b', 'a b', [[0, 5]]],
    ['a¨b', '¨', [[1, 2]]],
  ])('%s: %s', (name, needle, ranges) => {
    expect(findNormalized(name, needle).map(({ start, end }) => [start, end])).toEqual(ranges);
  });

  test('gives ranges in order, apart, that hold the text, wherever a search would match', () => {
    fc.assert(
      fc.property(texts, texts, (name, needle) => {
        const ranges = findNormalized(name, needle);
        expect(ranges.length > 0).toBe(normalize(needle) !== '' && normalize(name).includes(normalize(needle)));
        let last = 0;
        for (const { start, end } of ranges) {
          expect(last <= start && start < end && end <= name.length).toBe(true);
          expect(normalize(name.slice(start, end))).toContain(normalize(needle));
          last = end;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
