import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNaming } from '../../../main/features/sample/names/naming.ts';
import { capacityOf, patternOf, read, write } from '../../../main/features/sample/names/numeral.ts';
import { styleAt, styles } from '../../../main/features/sample/names/styles.ts';

const index = fc.integer({ min: 0, max: 999_999 });

describe('names by arithmetic', () => {
  test.each(styles.map((style, place) => ({ style, place })))(
    'style $place writes a million names and reads them back',
    ({ style }) => {
      const capacity = capacityOf(style);
      expect(capacity).toBeGreaterThanOrEqual(1_000_000);
      expect(capacity).toBeLessThan(Number.MAX_SAFE_INTEGER);
      const values = fc.nat().map((value) => value % capacity);
      fc.assert(
        fc.property(values, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value, noise) => {
          const texts = patternOf(style).exec(write(style, value, () => noise));
          expect(texts).not.toBeNull();
          expect(read(style, texts?.slice(1) ?? [])).toBe(value);
        }),
        { numRuns: 60 },
      );
    },
  );

  test('lead from an index to a stem and back', () => {
    fc.assert(
      fc.property(fc.integer(), index, (seed, wanted) => {
        const naming = createNaming(seed);
        expect(naming.indexOf(naming.stemOf(wanted))).toBe(wanted);
      }),
      { numRuns: 300 },
    );
  });

  test('are never read from a stem that was not written', () => {
    const naming = createNaming(1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (stem) => {
        const found = naming.indexOf(stem);
        expect(found === undefined || naming.stemOf(found) === stem).toBe(true);
      }),
    );
    expect(naming.indexOf('IMG_20241399_996199')).toBeUndefined();
  });

  test('use every style, and take the first and the last by their shares', () => {
    const naming = createNaming(9);
    const used = new Set(Array.from({ length: 3_000 }, (_, place) => naming.styleOf(place)));
    expect(used.size).toBe(styles.length);
    expect([styleAt(0), styleAt(1 - 1e-12)]).toEqual([0, styles.length - 1]);
  });

  test('hold accents in one piece and in two', () => {
    const naming = createNaming(2);
    const stems = Array.from({ length: 3_000 }, (_, place) => naming.stemOf(place));
    expect(stems.some((stem) => stem !== stem.normalize('NFC'))).toBe(true);
    expect(stems.some((stem) => stem !== stem.normalize('NFD') && stem === stem.normalize('NFC'))).toBe(true);
    expect(stems.some((stem) => /\p{Script=Han}|\p{Script=Hangul}/u.test(stem))).toBe(true);
  });
});
