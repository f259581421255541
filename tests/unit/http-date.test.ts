import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHttpDate } from '../../main/domain/network/http-date.ts';

const now = Date.UTC(2026, 10, 24, 12);
const long = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

describe('an HTTP date', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37Z'],
    ['Tue Feb 27 08:09:17 2018', '2018-02-27T08:09:17Z'],
    ['Thursday, 29-Feb-24 00:00:00 GMT', '2024-02-29T00:00:00Z'],
    ['Friday, 01-Jan-76 00:00:00 GMT', '2076-01-01T00:00:00Z'],
    ['Friday, 01-Jan-77 00:00:00 GMT', '1977-01-01T00:00:00Z'],
    ['sun, 06 nov 1994 08:49:37 gmt', '1994-11-06T08:49:37Z'],
    [' Sat, 31 Dec 2016 23:59:60 GMT ', '2017-01-01T00:00:00Z'],
    ['Thu, 01 Jan 0099 00:00:00 GMT', '0099-01-01T00:00:00Z'],
  ])('%s is %s, wherever it is read', (text, expected) => {
    expect(readHttpDate(text, now)).toBe(Date.parse(expected));
  });

  it.each([
    '0',
    '-1',
    '1543305600',
    '2000',
    '',
    'yesterday',
    'Mon, 24 Nov 114322 12:00:30 GMT',
    'Tue Feb 27 08:09:17 114322',
    'Tue, 30 Feb 2018 08:09:17 GMT',
    'Tue, 27 Feb 2018 24:00:00 GMT',
    'Tue, 27 Feb 2018 08:60:00 GMT',
    'Tue, 27 Feb 2018 08:09:17',
    'Tue, 27 Feb 2018 08:09:17 +0100',
    'Tue, 27 Feb 2018 08:09:17 EST',
    'Tue, 27 Feb 2018',
    'Tue, 27 Feb 2018 08:09:17 GMT, Tue, 27 Feb 2018 08:09:17 GMT',
    'Tue Feb 27 08:09:17 2018 GMT',
    '27 Feb 2018 08:09:17 GMT',
    '2018-02-27T08:09:17Z',
    '2018-02-27 08:09:17',
  ])('is not "%s"', (text) => {
    expect(readHttpDate(text, now)).toBeNull();
  });

  it('is absent where there is none', () => {
    expect(readHttpDate(undefined, now)).toBeNull();
  });

  it('is the same second in each of its three forms', () => {
    const seconds = fc.integer({ min: 0, max: Math.floor(now / 1000) + 49 * 365 * 86_400 });
    fc.assert(
      fc.property(seconds, (second) => {
        const at = new Date(second * 1000);
        const imf = at.toUTCString();
        const [, day = '', month = '', year = '', time = ''] = imf.split(' ');
        const asctime = `${imf.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
        expect(readHttpDate(imf, now)).toBe(second * 1000);
        expect(readHttpDate(asctime, now)).toBe(second * 1000);
        if (Number(year) <= 1976) return;
        const rfc850 = `${long[at.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
        expect(readHttpDate(rfc850, now)).toBe(second * 1000);
      }),
    );
  });
});
