import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNatural, naturalKey } from '../../main/domain/text/natural-order.ts';

const names = fc
  .array(fc.constantFrom('a', 'A', 'é', '0', '00', '1', '2', '10', '99999999999999999999', '.', ' ', '-', 'ß', '\0'))
  .map((parts) => parts.join(''));

describe('the natural order', () => {
  test.each([
    [
      ['img2', 'img10', 'img1'],
      ['img1', 'img2', 'img10'],
    ],
    [
      ['img2.png', 'img.png', 'img10.png', 'IMG3.png'],
      ['img.png', 'img2.png', 'IMG3.png', 'img10.png'],
    ],
    [
      ['img02', 'img2', 'img002', 'img1'],
      ['img1', 'img002', 'img02', 'img2'],
    ],
    [
      ['b', 'É', 'e', 'a', 'f'],
      ['a', 'b', 'e', 'É', 'f'],
    ],
    [
      ['v1.10', 'v1.9', 'v1.9.1'],
      ['v1.9', 'v1.9.1', 'v1.10'],
    ],
    [
      ['100000000000000000000', '99999999999999999999'],
      ['99999999999999999999', '100000000000000000000'],
    ],
    [
      ['a', '10', '9', '_', ''],
      ['', '9', '10', '_', 'a'],
    ],
    [
      ['2026-11-2', '2026-2-11'],
      ['2026-2-11', '2026-11-2'],
    ],
  ])('sorts %j', (given, sorted) => {
    expect(given.toSorted(compareNatural)).toEqual(sorted);
  });

  test('is total: equal only to itself, and the same whichever way it is asked', () => {
    fc.assert(
      fc.property(names, names, names, (a, b, c) => {
        expect(compareNatural(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
        const [first = '', second = '', third = ''] = [a, b, c].sort(compareNatural);
        expect(compareNatural(first, second)).toBeLessThanOrEqual(0);
        expect(compareNatural(second, third)).toBeLessThanOrEqual(0);
        expect(compareNatural(first, third)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('puts numbers by their value between the same texts', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 0n, max: 10n ** 30n }), (a, b) => {
        fc.pre(a !== b);
        expect(compareNatural(`img${a}.png`, `IMG${b}.png`) < 0).toBe(a < b);
      }),
    );
  });

  test('keys are alike for names that differ in case, accents and leading zeros alone', () => {
    expect(naturalKey('IMG007 Café')).toBe(naturalKey('img7 cafe'));
    expect(naturalKey('img07')).not.toBe(naturalKey('img70'));
  });
});
