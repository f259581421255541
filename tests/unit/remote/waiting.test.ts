import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../main/domain/network/backoff.ts';
import { formatMoment, retryAfterMs } from '../../../main/adapters/remote/http/retry-after.ts';

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
    ['2027', 2_027_000],
    ['Mon, 24 Nov 114322 12:00:30 GMT', undefined],
    ['Tue, 24 Nov 2026 12:00:30 +0100', undefined],
    ['Tue, 24 Nov 2026 13:00', undefined],
    [undefined, undefined],
    ['9'.repeat(400), undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs({ retryAfter: header, date: undefined }, now)).toBe(expected);
  });

  it('by a date is measured against the answer’s own date, by seconds against nothing', () => {
    const retryAfter = 'Tue Nov 24 09:02:00 2026';
    expect(retryAfterMs({ retryAfter, date: 'Tue, 24 Nov 2026 09:00:00 GMT' }, now)).toBe(120_000);
    expect(retryAfterMs({ retryAfter, date: undefined }, now)).toBeUndefined();
    expect(retryAfterMs({ retryAfter: '30', date: 'Tue, 24 Nov 2026 09:00:00 GMT' }, now)).toBe(30_000);
    const nonsense = { retryAfter: 'Tue, 24 Nov 2026 12:00:30 GMT', date: 'yesterday' };
    expect(retryAfterMs(nonsense, now)).toBe(30_000);
  });

  it('ends within what a date can say', () => {
    const waitMs = retryAfterMs({ retryAfter: '99999999999999', date: undefined }, now) ?? 0;
    expect(new Date(now + waitMs).getTime()).toBe(8.64e15);
  });

  it('is said as a moment, however far off', () => {
    expect(formatMoment(now)).toMatch(/24 Nov 2026.*:00/);
    expect(formatMoment(Number.MAX_VALUE)).toMatch(/275760/);
  });
});
