import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../main/adapters/remote/redact/redact.ts';
import { spellings } from './spellings.ts';

const key = 'a1B2-c3D4+e5/F6=';

describe('redact', () => {
  it('takes a known key out, however it is written', () => {
    const hex = Array.from(Buffer.from(key), (byte) => byte.toString(16));
    const forms = [
      key,
      encodeURIComponent(key),
      encodeURIComponent(encodeURIComponent(key)),
      encodeURIComponent(key).toLowerCase(),
      JSON.stringify(key).slice(1, -1),
      JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/'),
      hex.map((digits) => `%${digits}`).join(''),
      hex.map((digits) => `\\u00${digits}`).join(''),
    ];
    for (const form of forms) expect(redact(`before ${form} after`, [key])).toBe('before [key] after');
  });

  it.each(Object.entries(spellings(key)))('takes a known key out: %s', (_spelling, written) => {
    expect(redact(`before ${written} after`, [key])).toBe('before [key] after');
  });

  it('takes a known key out of base64 of a longer text', () => {
    for (const before of ['', ':', 'me', 'me:']) {
      const text = Buffer.from(`${before}${key}:`).toString('base64');
      for (const written of [text, encodeURIComponent(text), Buffer.from(`${before}${key}:`).toString('base64url')]) {
        const left = redact(`Basic ${written} after`, [key]);
        expect(left).toMatch(/\[key\].*after$/);
        expect(left.length).toBeLessThan('Basic [key] after'.length + 16);
      }
    }
  });

  it('cuts a text first, and leaves no part of a key at its end', () => {
    const forms = [key, encodeURIComponent(encodeURIComponent(key)), key.toUpperCase()];
    for (const form of forms) {
      for (let part = 6; part < form.length; part++) {
        const left = redact(`x ${form} y`, [key], 2 + part);
        expect(left.toLowerCase().replace(/%(?:25)*2d/g, '-')).not.toContain(key.slice(0, 5).toLowerCase());
      }
    }
    expect(redact('a'.repeat(100), [key], 10)).toBe('a'.repeat(10));
    expect(redact('https://me:SECRET9@proxy.test/', [], 15)).toBe('https://');
  });

  it('takes out what stands where a key stands, known or not', () => {
    expect(redact('https://x.test/a?page=1&api-key=SECRET9&perPage=2')).toBe(
      'https://x.test/a?page=1&api-key=[key]&perPage=2',
    );
    const texts = [
      'apiKey=SECRET9',
      'x?key=SECRET9&y=1',
      'api-key: SECRET9',
      '{"apiKey":"SECRET9"}',
      '{"api_key" : "SECRET9", "a": 1}',
      `curl -H 'api-key: SECRET9' https://x.test`,
      'resourceUrl=https%3A%2F%2Fx.test%3Fapi-key%3DSECRET9%26page%3D1',
      'https%3A%2F%2Fx%3Fapi%2Dkey%3DSECRET9',
      'Authorization: Bearer SECRET9',
      'http://me:SECRET9@proxy.test:3128/',
      '{\\"apiKey\\":\\"SECRET9\\"}',
      'API-KEY=SECRET%209SECRET9',
    ];
    for (const text of texts) expect(redact(text), text).not.toContain('SECRET9');
    expect(redact(texts[6] ?? '')).toContain('%26page%3D1');
  });

  it('leaves sentences alone', () => {
    const sentences = [
      "Enter the account's key again: it may have been replaced in QuestionPro.",
      'The monkey=3 and the keyboard: fine. Key: it is here. https://www.questionpro.com/a.jpg, a@b.test',
    ];
    for (const sentence of sentences) expect(redact(sentence, ['abc'])).toBe(sentence);
  });

  it('lets no key through in any surroundings', () => {
    const anyKey = fc.stringMatching(/^[\x21-\x7e]{8,60}$/);
    fc.assert(
      fc.property(anyKey, fc.string(), fc.string(), (secret, before, after) => {
        const inner = redact(`${before}${secret}${after}`, [secret]);
        expect(inner.includes(secret) && !`${before}[key]${after}`.includes(secret)).toBe(false);
        expect(redact(encodeURIComponent(secret), [secret])).not.toContain(encodeURIComponent(secret));
      }),
    );
  });

  it.each([
    'a-',
    'a.',
    'a+b',
    'a://',
    'x://a',
    '://a@',
    '%25',
    '%',
    '%2525%',
    "'",
    '\\"',
    '\\u00',
    '&#',
    ' ',
    '=',
    ':',
    'key ',
    'key=',
    'api-key=',
    "api-key'",
    'api%25',
    'authorization: ',
    'bearer ',
    'a1B2-',
    'YTFCMi1jM0Q0',
  ])('takes time in proportion to the length of a text of %j', (piece) => {
    for (const [before, after] of [
      ['', ''],
      ['api-key', ''],
      ['api-key=', '!'],
      ['key"', '%'],
    ]) {
      const text = `${before}${piece.repeat(Math.ceil(300_000 / piece.length))}${after}`;
      expect(redact(text, [key]).length).toBeLessThanOrEqual(text.length * 6);
    }
  });
});
