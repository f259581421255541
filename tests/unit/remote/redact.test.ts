import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../main/remote/redact.ts';

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

  it('is quick with texts made to be slow', () => {
    const long = 'api-key='.repeat(20_000) + '%'.repeat(50_000) + '\\"'.repeat(50_000);
    expect(redact(long, [key]).length).toBeLessThanOrEqual(long.length);
  });
});
