import { expect, test } from 'vitest';
import { readFailure, writeFailure } from '../../../main/adapters/vault/passphrase/file-failure.ts';

const error = (code: string) => Object.assign(new Error(code), { code });

test.for([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'not-writable'],
  ['EACCES', 'not-writable'],
] as const)('%s while writing is %s', ([code, expected]) => {
  expect(writeFailure(error(code), 'keys.age').code).toBe(expected);
});

test('a file that may not be read is locked; one that cannot be is damaged', () => {
  expect(readFailure(error('EACCES'), 'keys.age').code).toBe('vault-locked');
  expect(readFailure(error('EIO'), 'keys.age').code).toBe('data-damaged');
});

test('a bug stays a bug', () => {
  expect(() => writeFailure(new TypeError('bug'), 'keys.age')).toThrow(TypeError);
  expect(() => readFailure(new TypeError('bug'), 'keys.age')).toThrow(TypeError);
});
