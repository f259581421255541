import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apiPath,
  imageProblem,
  isAccountOrigin,
  kindsForApi,
  kindsForImages,
  mayCarryKey,
  redirectProblem,
} from '../../../main/domain/network/gate-rules.ts';

const account = { origin: 'https://api.questionpro.com', userId: '1234567', page: 2, perPage: 100 };
const url = (text: string): URL => new URL(text);

describe('an account’s origin', () => {
  it('is https anywhere and http on this machine', () => {
    for (const good of [
      'https://api.questionpro.eu',
      'https://10.0.0.1:8443',
      'http://localhost:80',
      'http://[::1]:1',
    ]) {
      expect(isAccountOrigin(url(good)), good).toBe(true);
    }
    const bad = [
      'http://api.questionpro.com',
      'http://10.0.0.1',
      'ftp://localhost',
      'https://a:b@x.test',
      'https://0.0.0.0',
    ];
    for (const text of bad) expect(isAccountOrigin(url(text)), text).toBe(false);
  });
});

describe('the key', () => {
  it('goes to the two documented endpoints', () => {
    expect(apiPath(account)).toBe('/a/api/v2/users/1234567/images?page=2&perPage=100');
    expect(apiPath({ ...account, userId: '' })).toBe('/a/api/v2/images?page=2&perPage=100');
    expect(mayCarryKey(url(`${account.origin}${apiPath(account)}`), account)).toBe(true);
  });

  it('goes nowhere else', () => {
    const path = '/a/api/v2/users/1234567/images?page=2&perPage=100';
    const others = [
      `http://api.questionpro.com${path}`,
      `https://api.questionpro.com:444${path}`,
      `https://api.questionpro.com.evil.test${path}`,
      `https://api.questionpro.com@evil.test${path}`,
      `https://me@api.questionpro.com${path}`,
      `https://www.questionpro.com${path}`,
      `https://api.questionpro.com/apikey/regenerate`,
      `https://api.questionpro.com/a/api/v2/users/1234567/apikey/regenerate?page=2&perPage=100`,
      `https://api.questionpro.com${path}&x=1`,
      `https://api.questionpro.com${path}#x`,
      `https://api.questionpro.com/a/api/v2/users/7/images?page=2&perPage=100`,
      `https://api.questionpro.com/a/api/v2/images?page=2&perPage=100`,
      `https://api.questionpro.com/x/..${path}/`,
    ];
    for (const other of others) expect(mayCarryKey(url(other), account), other).toBe(false);
  });

  it('never leaves the account’s own origin and path, whatever user id or URL there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), (userId, other) => {
        const address = { ...account, userId };
        const path = apiPath(address);
        const made = path === undefined ? null : URL.parse(path, account.origin);
        if (made && mayCarryKey(made, address)) {
          expect(made.origin).toBe(account.origin);
          expect(made.pathname).toMatch(/^\/a\/api\/v2\/(users\/[^/]+\/)?images$/);
          expect(made.search).toBe('?page=2&perPage=100');
        } else {
          expect(userId === '.' || userId === '..' || !userId.isWellFormed() || /[\ud800-\udfff]/.test(userId)).toBe(
            true,
          );
        }
        expect(mayCarryKey(url(other), address)).toBe(false);
      }),
    );
  });

  it('is not sent for a page that is none', () => {
    for (const page of [0, -1, 1.5, NaN, Infinity, 2 ** 60]) expect(apiPath({ ...account, page })).toBeUndefined();
    for (const userId of ['.', '..', '\ud800']) expect(apiPath({ ...account, userId })).toBeUndefined();
  });

  it('goes over http to this machine alone', () => {
    expect(kindsForApi(url('http://localhost'))).toEqual(['loopback']);
    expect(kindsForApi(url('https://x.test'))).toContain('public');
  });
});

describe('an image', () => {
  const permitted = kindsForImages('public');

  it('lies at http or https, without a password', () => {
    expect(imageProblem(url('https://www.questionpro.com/a.jpg'), permitted)).toBeUndefined();
    expect(imageProblem(url('http://93.184.216.34/a.jpg'), permitted)).toBeUndefined();
    for (const bad of [
      'ftp://x.test/a',
      'file:///etc/passwd',
      'data:,a',
      'javascript:1',
      'http://a@x.test',
      'http://:b@x.test',
    ]) {
      expect(imageProblem(url(bad), permitted), bad).toBeTypeOf('string');
    }
  });

  it('of an account on the internet is never reached on this machine or a private network, however it is written', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const address = fc
      .tuple(
        fc.constantFrom([10], [127], [0], [192, 168], [169, 254], [172, 16], [172, 31], [100, 64], [224], [255]),
        fc.tuple(octet, octet, octet),
      )
      .map(([start, rest]) => [...start, ...rest].slice(0, 4));
    const spelling = fc.constantFrom<(bytes: number[]) => string>(
      (bytes) => bytes.join('.'),
      (bytes) => `${bytes.join('.')}.`,
      (bytes) => String(bytes.reduce((sum, byte) => sum * 256 + byte, 0)),
      (bytes) => bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
      (bytes) => bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
      (bytes) => `[::ffff:${bytes.join('.')}]`,
      (bytes) => `[64:ff9b::${bytes.join('.')}]`,
      (bytes) => `[::${bytes.join('.')}]`,
      (bytes) => `%${(bytes[0] ?? 0).toString().charCodeAt(0).toString(16)}${bytes.join('.').slice(1)}`,
    );
    fc.assert(
      fc.property(address, spelling, (bytes, spell) => {
        expect(imageProblem(url(`http://${spell(bytes)}/a.png`), permitted)).toBeTypeOf('string');
      }),
    );
    for (const host of [
      'localhost',
      'LOCALHOST.',
      'a.b.localhost',
      '[::1]',
      '[::]',
      '[fc00::1]',
      '[fe80::1]',
      '[ff02::1]',
    ]) {
      expect(imageProblem(url(`http://${host}/`), permitted), host).toBeTypeOf('string');
    }
  });

  it('of a private account may lie on the same kind of network and no other', () => {
    const home = kindsForImages('private');
    expect(imageProblem(url('http://10.0.0.1/'), home)).toBeUndefined();
    expect(imageProblem(url('http://127.0.0.1/'), home)).toBeTypeOf('string');
    expect(imageProblem(url('http://169.254.169.254/'), home)).toBeTypeOf('string');
    expect(kindsForImages('unusable')).toEqual(['public']);
  });

  it('is redirected to what would be allowed at first, but not from https to http', () => {
    const from = url('https://x.test/a');
    expect(redirectProblem(from, url('https://y.test/'), permitted)).toBeUndefined();
    expect(redirectProblem(url('http://x.test/'), url('http://y.test/'), permitted)).toBeUndefined();
    expect(redirectProblem(url('http://x.test/'), url('https://y.test/'), permitted)).toBeUndefined();
    for (const to of ['http://x.test/a', 'https://127.0.0.1/', 'file:///a', 'https://a:b@x.test/']) {
      expect(redirectProblem(from, url(to), permitted), to).toBeTypeOf('string');
    }
  });
});
