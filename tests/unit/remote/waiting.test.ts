import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../main/domain/backoff.ts';
import { momentInWords, retryAfterMs } from '../../../main/remote/retry-after.ts';

describe('back-off', () => {
  it('is anywhere between nothing and a ceiling that doubles up to 16 s', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 60].map((retry) => backoffMs(retry, () => 1 - 2 ** -53));
    expect(ceilings).toEqual([999, 1_999, 3_999, 7_999, 15_999, 15_999, 15_999]);
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5_000 }), fraction, (retry, chance) => {
        const ms = backoffMs(retry, () => chance);
        expect(Number.isSafeInteger(ms) && ms >= 0 && ms < 16_000).toBe(true);
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 24, 12);

  it.each([
    ['120', 120_000],
    [' 1 ', 1_000],
    ['0.5', 500],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tuesday, 24-Nov-26 12:00:30 GMT', 30_000],
    ['2026-11-24T12:01:00Z', 60_000],
    ['0', undefined],
    ['-5', undefined],
    ['Tue, 24 Nov 2026 11:00:00 GMT', undefined],
    ['soon', undefined],
    ['3000 x', undefined],
    ['', undefined],
    [undefined, undefined],
    ['9'.repeat(400), undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it('is said as a moment, however far off', () => {
    expect(momentInWords(now)).toMatch(/24 Nov 2026.*:00/);
    expect(momentInWords(Number.MAX_VALUE)).toMatch(/275760/);
  });
});
