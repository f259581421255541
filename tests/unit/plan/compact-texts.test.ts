import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskListing } from '../../../main/domain/plan/disk-listing.ts';
import { createTextIndex } from '../../../main/domain/plan/text-index.ts';
import { createTextStore } from '../../../main/domain/plan/text-store.ts';

test('every text comes back as it was, whatever its units and however long', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('', '\0', '\ud800', 'é', '漢字', 'x'.repeat(9_000), 'é漢'.repeat(150_000)),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(texts, (all) => {
      const store = createTextStore();
      const places = all.map(store.add);
      expect(places.map(store.at)).toEqual(all);
      expect(new Set(places).size).toBe(all.length);
    }),
    { numRuns: 200 },
  );
});

test('an index finds each text by its entry, and none that was not added, while it grows', () => {
  const texts = Array.from({ length: 5_000 }, (_, number) => `img_${String(number)}.png`);
  const index = createTextIndex((entry) => texts[entry] ?? '');
  texts.forEach((text, entry) => {
    expect(index.find(text)).toBe(-1);
    index.add(text, entry);
  });
  texts.forEach((text, entry) => expect(index.find(text)).toBe(entry));
  expect(index.find('img_5000.png')).toBe(-1);
});

test('a listing gives all names that are one on some system, by name', () => {
  const listing = createDiskListing(createTextStore());
  for (const name of ['b.png', 'A.png', 'a.PNG']) listing.add({ name, kind: 'file' });
  listing.add({ name: 'a.png', kind: 'folder' });
  expect(listing.find('A.PNG')).toEqual([
    { name: 'A.png', kind: 'file' },
    { name: 'a.PNG', kind: 'file' },
    { name: 'a.png', kind: 'folder' },
  ]);
  expect(listing.find('B.PNG')).toEqual([{ name: 'b.png', kind: 'file' }]);
  expect(listing.find('C.PNG')).toEqual([]);
});
