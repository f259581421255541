import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortPairs } from '../../../main/adapters/search/order/sort-pairs.ts';
import { sortIntegers } from '../../../main/adapters/search/order/sort-integers.ts';

const wide = fc.maxSafeInteger().map((key) => Math.floor(key / 2));
const keySets = fc.oneof(
  fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Infinity))),
  fc.array(fc.integer()),
  fc.array(wide),
  fc.array(fc.double({ noNaN: true })),
);

/** Sorts the keys repeated, as few are sorted by comparison; equal keys far apart must keep their order. */
function sorted(sort: (values: Uint32Array, keys: Float64Array) => void, keys: readonly number[]): number[] {
  const repeats = Math.ceil(5000 / Math.max(1, keys.length));
  const all = Float64Array.from({ length: keys.length * repeats }, (_, at) => keys[at % keys.length] ?? 0);
  const values = Uint32Array.from(all, (_, at) => at);
  sort(values, all);
  return [...values];
}

test('sorts by digits as by comparing', () => {
  fc.assert(
    fc.property(keySets, (keys) => {
      const byDigits = sorted((values, all) => sortIntegers(values, (at) => all[at] ?? 0), keys);
      expect(byDigits).toEqual(sorted((values, all) => sortPairs(all, values), keys));
    }),
    { numRuns: 200 },
  );
});
