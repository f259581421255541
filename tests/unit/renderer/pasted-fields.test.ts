import { describe, expect, it } from 'vitest';
import { readPaste, type PasteField } from '../../../renderer/accounts/form/pasted-fields.ts';

const command = `curl --location 'https://api.questionpro.eu/a/api/v2/users/4711/images?page=1' \\\n  --header 'api-key: abc-123-def'`;
const fields: readonly PasteField[] = ['name', 'address', 'userId', 'key'];

describe('a command of the documentation', () => {
  it.each(fields)('pasted into %s fills every field', (field) => {
    expect(readPaste(field, command, command)).toEqual({
      values: { centre: 'eu', address: '', userId: '4711', key: 'abc-123-def' },
      says: { kind: 'filled', fields: ['account.centre', 'account.userId', 'account.key'], lacksKey: false },
    });
  });

  it('says where its key was only a placeholder', () => {
    const text = command.replace('abc-123-def', '{{your-key}}');
    expect(readPaste('key', text, text)?.says).toEqual({
      kind: 'filled',
      fields: ['account.centre', 'account.userId'],
      lacksKey: true,
    });
  });

  it('gives another origin as an address', () => {
    const text = `curl http://127.0.0.1:4000/a/api/v2/images -H "api-key: k"`;
    expect(readPaste('name', text, text)?.values).toEqual({
      centre: 'other',
      address: 'http://127.0.0.1:4000',
      key: 'k',
    });
  });
});

describe('any other paste', () => {
  it.each([
    ['key', ' "abc-123" ', 'abc-123'],
    ['key', 'api-key: abc-123', 'abc-123'],
    ['userId', '‘4711’\n', '4711'],
    ['address', '"api.example.com/a"', 'https://api.example.com'],
  ] as const)('into %s loses what does not belong to it: %j', (field, text, left) => {
    expect(readPaste(field, text, text)).toEqual({ values: { [field]: left }, says: { kind: 'cleaned' } });
  });

  it('is cleaned together with what stood there', () => {
    expect(readPaste('key', '-def" ', 'abc-def" ')?.values).toEqual({ key: 'abc-def' });
  });

  it.each([
    ['key', 'abc-123'],
    ['userId', '4711'],
    ['name', ' "Brand" '],
    ['name', 'https://brand.example.com'],
    ['address', 'not an address'],
  ] as const)('into %s is left to the browser where nothing is to be done: %j', (field, text) => {
    expect(readPaste(field, text, text)).toBeUndefined();
  });

  it('of an address that can’t be used stays, to be judged', () => {
    expect(readPaste('address', 'http://api.example.com', 'http://api.example.com')).toBeUndefined();
  });
});
