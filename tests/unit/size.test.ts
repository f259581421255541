import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSize, parseQuerySize, parseSize, shownAs } from '../../main/domain/image/size.ts';

const KB = 1024;
const MB = 1024 * KB;

describe('a size text of the API', () => {
  test.each([
    ['137 Kb', 137 * KB, 136.5 * KB, 137.5 * KB - 1],
    ['18 Kb', 18 * KB, 17.5 * KB, 18.5 * KB - 1],
    ['1 Mb', MB, MB / 2, 1.5 * MB - 1],
    ['696 KB', 696 * KB, 695.5 * KB, 696.5 * KB - 1],
    ['1.0 MB', MB, 996_148, 1_101_004],
    ['1.2 MB', 1_258_291, 1_205_863, 1_310_719],
    ['1,2 mb', 1_258_291, 1_205_863, 1_310_719],
    ['512 bytes', 512, 512, 512],
    ['1 byte', 1, 1, 1],
    ['0 B', 0, 0, 0],
    ['0 KB', 0, 0, 511],
    ['2GB', 2 * KB * MB, 1.5 * KB * MB, 2.5 * KB * MB - 1],
    ['3 MiB', 3 * MB, 2.5 * MB, 3.5 * MB - 1],
    ['1,234 KB', 1234 * KB, 1233.5 * KB, 1234.5 * KB - 1],
    ['1.234,5 KB', 1234.5 * KB, 1_264_077, 1_264_179],
    ['1\u202f234 KB', 1234 * KB, 1233.5 * KB, 1234.5 * KB - 1],
    ['\u00a0137\u2009Kb\u200b', 137 * KB, 136.5 * KB, 137.5 * KB - 1],
  ])('%s', (text, nominalBytes, lowBytes, highBytes) => {
    expect(parseSize(text)).toEqual({ nominalBytes, lowBytes, highBytes });
  });

  test.each([
    ...['', ' ', 'big', 'n/a', 'KB', '137', '-5 KB', '+5 KB', 'NaN KB', 'Infinity KB', '1e3 KB', '0x10 KB', '1..2 MB'],
    ...['1.2.3 MB', '1,2,3 MB', '.5 MB', '5. MB', '1.5 B', '12 PB', '9999999 TB', '٣ KB', '1 KB 2', '~1 MB'],
    '9'.repeat(400) + ' KB',
  ])('%s does not parse', (text) => {
    expect(parseSize(text)).toBeNull();
  });

  test('whatever it is, gives whole bytes within their range, or null', () => {
    const parts = fc.array(fc.constantFrom('1', '0', '9', '99', '.', ',', ' ', 'K', 'b', 'MB', 'tb', '-', '\u00a0'));
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((some) => some.join('')),
          fc.string(),
        ),
        (text) => {
          const size = parseSize(text);
          if (!size) return;
          expect(Object.values(size).every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0)).toBe(true);
          expect(size.lowBytes <= size.nominalBytes && size.nominalBytes <= size.highBytes).toBe(true);
          expect(parseSize(text.toUpperCase())).toEqual(size);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a size as it is shown', () => {
  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [137 * KB + 511, '137 KB'],
    [137 * KB + 512, '138 KB'],
    [1023.5 * KB - 1, '1023 KB'],
    [1023.5 * KB, '1 MB'],
    [MB, '1 MB'],
    [1_258_291, '1.2 MB'],
    [99.9 * MB, '99.9 MB'],
    [99.96 * MB, '100 MB'],
    [391 * MB, '391 MB'],
    [1023.5 * MB, '1 GB'],
    [2.5 * KB * MB, '2.5 GB'],
    [3 * MB * MB, '3 TB'],
  ])('%d bytes: %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test('is the text that `size:` alone stands for, and of no other exact size', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.double({ min: 1, max: 2, noNaN: true }), (power, factor) => {
        const bytes = Math.floor(2 ** power * factor);
        const shown = formatSize(bytes);
        const span = shownAs(shown) ?? { low: -1, high: -1 };
        expect(span.low <= bytes && bytes <= span.high).toBe(true);
        expect([formatSize(span.low), formatSize(span.high)]).toEqual([shown, shown]);
        expect(formatSize(span.high + 1)).not.toBe(shown);
        if (span.low > 0) expect(formatSize(span.low - 1)).not.toBe(shown);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ['1mb', 1023.5 * KB, 1_101_004],
    ['1.0 MB', 1023.5 * KB, 1_101_004],
    ['137kb', 136.5 * KB, 137.5 * KB - 1],
    ['500', 500, 500],
    ['2000', 2000, 2000],
    ['1024kb', 1023.5 * KB, 1024.5 * KB - 1],
    ['1.25mb', 1_305_478, 1_315_962],
    ['0.5mb', 471_860, 576_716],
  ])('%s stands for %d to %d bytes', (text, low, high) => {
    expect(shownAs(text)).toEqual({ low, high });
  });

  test('nothing stands for what does not parse', () => {
    expect(shownAs('big')).toBeNull();
  });
});

describe('a size of a query', () => {
  test.each([
    ['500kb', '500kb', 500 * KB],
    ['1.50MB', '1.5mb', 1.5 * MB],
    ['1,5mb', '1.5mb', 1.5 * MB],
    ['007', '7b', 7],
    ['5k', '5kb', 5 * KB],
    ['2 GiB', '2gb', 2 * KB * MB],
    ['1024kb', '1024kb', MB],
    ['0.0mb', '0mb', 0],
  ])('%s', (written, text, bytes) => {
    expect(parseQuerySize(written)).toEqual({ text, bytes });
    expect(parseQuerySize(text)).toEqual({ text, bytes });
  });

  test.each(['', 'big', '-1', '>1mb', '1.5', '1..2'])('%s does not parse', (text) => {
    expect(parseQuerySize(text)).toBeNull();
  });
});
