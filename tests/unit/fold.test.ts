import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFolded, fold } from '../../main/domain/fold.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('a', 'A', 'é', 'e\u0301', 'ß', 'ẞ', 'Ł', 'İ', 'ı', 'Σ', 'ς', 'æ', '각', '\u0301', '😀', '\ud83d'),
    )
    .map((parts) => parts.join('')),
);

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
    ['日本 が', '日本 か'],
    ['', ''],
  ])('%s becomes %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('twice is as once, and the whole is as its characters', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect([...text].map(fold).join('')).toBe(fold(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test('every code point folds like itself in upper and lower case, with or without composing', () => {
    for (let codePoint = 0; codePoint < 0x3000; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      expect(fold(fold(character))).toBe(fold(character));
      expect(fold(character.normalize('NFD'))).toBe(fold(character));
      expect(fold(character.toLowerCase())).toBe(fold(character));
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
  ])('%s: %s', (name, needle, ranges) => {
    expect(findFolded(name, needle).map(({ start, end }) => [start, end])).toEqual(ranges);
  });

  test('gives ranges in order, apart, that hold the text, wherever a search would match', () => {
    fc.assert(
      fc.property(texts, texts, (name, needle) => {
        const ranges = findFolded(name, needle);
        expect(ranges.length > 0).toBe(fold(needle) !== '' && fold(name).includes(fold(needle)));
        let last = 0;
        for (const { start, end } of ranges) {
          expect(last <= start && start < end && end <= name.length).toBe(true);
          expect(fold(name.slice(start, end))).toContain(fold(needle));
          last = end;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
