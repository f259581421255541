import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { nameImage } from '../../../main/domain/files/names.ts';
import { parseSize } from '../../../main/domain/image/size.ts';
import { isOtherExtension, typeMatchesExtension } from '../../../main/domain/image-check/extensions.ts';
import { createSampleLibrary, type SampleImage, type SampleLibrary } from '../../../main/features/sample/library.ts';
import { recordOf } from '../../../main/features/sample/server/sample-server.ts';

const mebibyte = 1_048_576;

function all(library: SampleLibrary): SampleImage[] {
  return Array.from({ length: library.count }, (_, position) => library.at(position)).filter(
    (image) => image !== undefined,
  );
}

const anyPlace = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 1, max: 1_000_000 }),
  share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

describe('a sample library', () => {
  test('finds each image again by its id and by the end of its URL', () => {
    fc.assert(
      fc.property(anyPlace, ({ seed, count, share }) => {
        const library = createSampleLibrary({ count, seed });
        const image = library.at(Math.floor(share * count));
        expect(image).toBeDefined();
        expect(library.byId(image?.id ?? 0)).toEqual(image);
        expect(library.find(image?.folder ?? '', image?.name ?? '')).toEqual(image);
      }),
      { numRuns: 400 },
    );
  });

  test('goes from the newest id down, not always by the same step', () => {
    const ids = all(createSampleLibrary({ count: 500, seed: 1 })).map(({ id }) => id);
    const steps = ids.slice(1).map((id, index) => (ids[index] ?? 0) - id);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(new Set(steps).size).toBeGreaterThan(2);
  });

  test('has nothing before its first and behind its last image, and none by a wrong name or id', () => {
    const library = createSampleLibrary({ count: 100, seed: 1 });
    const last = library.at(99);
    expect([library.at(-1), library.at(100), library.at(0.5), library.byId(1), library.byId(Number.NaN)]).toEqual(
      Array(5).fill(undefined),
    );
    expect(last).toBeDefined();
    expect(library.find('sub-9', last?.name ?? '')).toBeUndefined();
    expect(library.find('sub-3', 'IMG_20990101_000000.jpg')).toBeUndefined();
    expect(createSampleLibrary({ count: 0, seed: 1 }).at(0)).toBeUndefined();
  });

  test('refuses a count that it can not have', () => {
    for (const count of [-1, 1.5, 1_000_001, Number.NaN]) {
      expect(() => createSampleLibrary({ count, seed: 1 })).toThrow(RangeError);
    }
  });

  test('grows on top: what was there stays as it is', () => {
    const small = createSampleLibrary({ count: 300, seed: 5 });
    const large = createSampleLibrary({ count: 900, seed: 5 });
    expect(all(large).slice(600)).toEqual(all(small));
  });

  test('has a URL of its own for each image, from which the product reads the folder and the name', () => {
    const images = all(createSampleLibrary({ count: 5_000, seed: 3 }));
    const urls = images.map((image) => recordOf(image, 'http://sample.localhost').imageURL);
    expect(new Set(urls).size).toBe(5_000);
    for (const [index, image] of images.entries()) {
      expect(nameImage(urls[index] ?? '')).toMatchObject({ folder: image.folder, name: image.name.normalize('NFC') });
      expect(nameImage(urls[index] ?? '').ext).toBe(image.ext);
    }
  });

  test.each([1, 2, 2026])('weighs about 250 MB at 2,000 images, most of them under 300 KB (seed %i)', (seed) => {
    const sizes = all(createSampleLibrary({ count: 2_000, seed })).map(({ bytes }) => bytes);
    const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
    expect(total).toBeGreaterThan(215 * mebibyte);
    expect(total).toBeLessThan(285 * mebibyte);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(6_144);
    expect(Math.max(...sizes)).toBeLessThan(6 * mebibyte);
    expect(sizes.filter((bytes) => bytes < 300 * 1024).length).toBeGreaterThan(1_700);
  });

  test('says sizes that the exact ones round to', () => {
    for (const { sizeText, bytes } of all(createSampleLibrary({ count: 2_000, seed: 8 }))) {
      const said = parseSize(sizeText);
      expect(said?.lowBytes).toBeLessThanOrEqual(bytes);
      expect(said?.highBytes).toBeGreaterThanOrEqual(bytes);
      expect(sizeText).toMatch(/^\d+(?:\.\d)? (?:Kb|Mb)$/);
    }
  });

  test('holds copies of the same file, files that are no pictures, and extensions that lie', () => {
    const images = all(createSampleLibrary({ count: 3_000, seed: 4 }));
    const copies = images.filter(({ name }) => / \([12]\)\.\w+$/.test(name));
    expect(copies.length).toBeGreaterThan(100);
    for (const copy of copies) {
      const originals = images.filter(({ file }) => file.label === copy.file.label);
      const plain = copy.name.replace(/ \([12]\)(?=\.\w+$)/, '');
      expect(originals.some(({ name, folder }) => name === plain && folder === copy.folder)).toBe(true);
      for (const original of originals) expect(original.file).toEqual(copy.file);
    }
    expect(images.filter(({ ext }) => isOtherExtension(ext)).length).toBeGreaterThan(10);
    const liars = images.filter(({ file: { format }, ext }) => {
      return format !== 'csv' && format !== 'ttf' && format !== 'mp4' && !typeMatchesExtension(format, ext);
    });
    expect(liars.length).toBeGreaterThan(10);
    expect(liars.length).toBeLessThan(100);
  });

  test('is the same on every machine', () => {
    const library = createSampleLibrary({ count: 1_000_000, seed: 2026 });
    const listed = [0, 1, 17, 5_000, 123_456, 999_998, 999_999].map((position) => library.at(position));
    const hash = createHash('sha256').update(JSON.stringify(listed)).digest('hex');
    expect(hash).toBe('bd306368b37526ef6c5daa40e56b9d08b0d16f96f5a98b3133002ebbee501033');
  });

  test('works as little for an image among a million as among a hundred', () => {
    const work = (count: number): number => {
      const library = createSampleLibrary({ count, seed: 1 });
      const multiply = vi.spyOn(Math, 'imul');
      library.at(0);
      const calls = multiply.mock.calls.length;
      multiply.mockRestore();
      return calls;
    };
    expect(work(100)).toBeGreaterThan(0);
    expect(work(1_000_000)).toBeLessThan(200);
  });
});
