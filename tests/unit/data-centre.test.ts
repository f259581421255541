import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataCentreOf, dataCentres, isLoopbackHost, parseDataCentre } from '../../main/domain/account/data-centre.ts';

describe('parseDataCentre', () => {
  it.each([
    ['us', 'https://api.questionpro.com'],
    [' KSA ', 'https://api.questionprosa.com'],
    ['https://api.questionpro.eu/a/api/v2', 'https://api.questionpro.eu'],
    ['https://api.questionpro.eu/a/api/v2/', 'https://api.questionpro.eu'],
    ['"https://API.questionpro.eu/"', 'https://api.questionpro.eu'],
    ['https://api.questionpro.com:443', 'https://api.questionpro.com'],
    ['https://api.questionpro.com/a/api/v2/users/12/images?page=1', 'https://api.questionpro.com'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://localhost:80', 'http://localhost'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('reads %s', (text, origin) => expect(parseDataCentre(text)).toBe(origin));

  it.each([
    'http://api.questionpro.com',
    'http://127.0.0.1.evil.example',
    'ftp://api.questionpro.com',
    'https://user:secret@api.questionpro.com',
    'https://',
    'https://api.questionpro.com:99999',
    'mars',
    '',
    'javascript:alert(1)',
    'https://a b.example',
  ])('refuses %s', (text) => expect(parseDataCentre(text)).toBeUndefined());

  it('gives every preset back by its id, and each origin its id', () => {
    for (const { id, origin } of dataCentres) {
      expect(parseDataCentre(id)).toBe(origin);
      expect(parseDataCentre(`${origin}/a/api/v2`)).toBe(origin);
      expect(dataCentreOf(origin)).toBe(id);
    }
    expect(dataCentreOf('https://images.example')).toBe('https://images.example');
  });

  it('gives an origin that the platform reads as the same origin, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (text) => {
        const origin = parseDataCentre(text);
        if (origin === undefined) return;
        const url = new URL(origin);
        expect(url.origin).toBe(origin);
        expect(url.protocol === 'https:' || isLoopbackHost(url.hostname)).toBe(true);
      }),
    );
  });
});
