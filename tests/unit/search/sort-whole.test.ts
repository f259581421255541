import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortPairs } from '../../../main/search/sort-pairs.ts';
import { sortWhole } from '../../../main/search/sort-whole.ts';

const wide = fc.maxSafeInteger().map((key) => Math.floor(key / 2));
const keySets = fc.oneof(
  fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Infinity))),
  fc.array(fc.integer()),
  fc.array(wide),
  fc.array(fc.double({ noNaN: true })),
);

/** Repeated, as few keys are compared: with the same keys far apart, which keep their order. */
function sorted(sort: typeof sortPairs, keys: readonly number[], repeats: number): number[] {
  const all = Float64Array.from({ length: keys.length * repeats }, (_, at) => keys[at % keys.length] ?? 0);
  const values = Uint32Array.from(all, (_, at) => at);
  sort(all, values);
  return [...values];
}

test('sorts by digits as by comparing', () => {
  fc.assert(
    fc.property(keySets, (keys) => {
      const repeats = Math.ceil(5000 / Math.max(1, keys.length));
      expect(sorted(sortWhole, keys, repeats)).toEqual(sorted(sortPairs, keys, repeats));
    }),
    { numRuns: 200 },
  );
});
