import { describe, expect, it } from 'vitest';
import { cleanKey, cleanUserId, isUsableKey, readPastedAccount } from '../../main/domain/account/pasted-account.ts';

describe('a pasted key', () => {
  it.each([
    'abc-123',
    '  abc-123\n',
    '"abc-123"',
    '‘abc-123’',
    '\ufeffabc-123\u200b',
    'api-key: abc-123',
    "'api-key:abc-123'",
    '`abc-123`,',
  ])('is cleaned: %j', (text) => expect(cleanKey(text)).toBe('abc-123'));

  it('is not taken where a header could not hold it', () => {
    expect(isUsableKey('abc-123')).toBe(true);
    for (const key of ['', 'a b', 'a\nb', 'ключ', 'x'.repeat(501)]) expect(isUsableKey(key)).toBe(false);
  });
});

describe('a pasted user id', () => {
  it('loses what came with it, and a placeholder is no id', () => {
    expect(cleanUserId(' "1234567" ')).toBe('1234567');
    expect(cleanUserId('{{user-id}}')).toBe('');
  });
});

describe('a pasted command', () => {
  it('fills every field from a curl command of the documentation', () => {
    const command = `curl --location --request GET 'https://api.questionpro.eu/a/api/v2/users/1234567/images?page=1&perPage=100' \\
--header 'api-key: 0b7a7de5-2c53-4b4b-bd5c-9f2c41d80000'`;
    expect(readPastedAccount(command)).toEqual({
      origin: 'https://api.questionpro.eu',
      userId: '1234567',
      key: '0b7a7de5-2c53-4b4b-bd5c-9f2c41d80000',
    });
  });

  it('reads the other spellings too', () => {
    const other = 'curl -H "api-key: k1" https://api.questionpro.com/a/api/v2/images';
    expect(readPastedAccount(other)).toEqual({ origin: 'https://api.questionpro.com', key: 'k1' });
    expect(readPastedAccount("curl -H api-key:k2 'https://api.questionpro.ca/a/api/v2/users/9/images'")).toEqual({
      origin: 'https://api.questionpro.ca',
      userId: '9',
      key: 'k2',
    });
  });

  it('leaves placeholders out', () => {
    const text = "curl 'https://api.questionpro.com/a/api/v2/users/{{user-id}}/images' -H 'api-key: {{api-key}}'";
    expect(readPastedAccount(text)).toEqual({ origin: 'https://api.questionpro.com', userId: '' });
  });

  it('says nothing of a text that is no command and no address', () => {
    expect(readPastedAccount('abc-123')).toBeUndefined();
    expect(readPastedAccount('Brand team')).toBeUndefined();
  });
});
