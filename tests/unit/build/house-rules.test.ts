import { describe, expect, test } from 'vitest';
import { breaches } from '../../../build/checks/house-rules.mjs';

const found = (path: string, text: string) => breaches([{ path, text }]);
// Joined here, so that this file doesn't break the rules that it tests.
const joined = (...parts: string[]) => parts.join('');

describe('the rules of the house', () => {
  test.each([
    ['a path of one machine', 'README.md', joined('see /wo', 'rk/main/x')],
    ['a home folder', 'main/a.ts', joined("const a = '/ho", "me/ann/pictures';")],
    ['a Windows home folder', 'main/a.ts', joined('"C:', String.raw`\\Us`, String.raw`ers\\ann"`)],
    ['a registry', 'build/a.mjs', joined('https://registry.np', 'mjs.org/')],
    ['a host in the lock', 'package-lock.json', '      "resolved": "https://some.where/a.tgz",'],
    ['something left for later', 'main/a.ts', joined('// TO', 'DO: later')],
    ['a test that stands alone', 'tests/unit/a.test.ts', joined('test.on', "ly('a', () => expect(1))")],
    ['a test that is switched off', 'tests/unit/a.test.ts', joined('describe.sk', "ip('a', () => expect(1))")],
    ['a test that sleeps', 'tests/unit/a.test.ts', joined('expect(await new Promise((r) => setTime', 'out(r, 50)))')],
    ['a rule switched off', 'main/a.ts', joined('// eslint-dis', 'able-next-line')],
    ['a type switched off', 'main/a.ts', joined('// @ts-ig', 'nore')],
    ['a name in another case', 'main/imageStore.ts', ''],
    ['a folder in another case', 'main/Domain/a.ts', ''],
    ['a barrel', 'main/domain/index.ts', ''],
    ['a test without an assertion', 'tests/unit/a.test.ts', "test('a', () => {});"],
  ])('%s is found', (_, path, text) => {
    expect(found(path, text)).toHaveLength(1);
  });

  test.each([
    ['a relative path that looks alike', 'main/a.ts', "import './framework/root/a.ts';"],
    ['a pattern of URLs', 'main/a.ts', 'https://example.com/a/work'],
    ['a link in the lock', 'package-lock.json', '      "resolved": "build/runtime",'],
    ['a clock that is not a test', 'main/a.ts', joined('setTime', 'out(resolve, 50)')],
    ['a component', 'renderer/gallery/ImageTile.svelte', ''],
    ['a document', 'CONTRIBUTING.md', ''],
    ['the license', 'LICENSE', ''],
    ['a file of settings', '.prettierrc.json', ''],
    ['a fixture with any name', 'tests/fixtures/IMG_0001 (1).JPG.txt', ''],
    ['a test that asserts', 'tests/unit/a.test.ts', "test('a', () => { expect(1).toBe(1); });"],
  ])('%s is allowed', (_, path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test('a breach names its line', () => {
    expect(found('main/a.ts', joined('one\ntwo // FIX', 'ME'))[0]).toMatch(/^main\/a\.ts:2 /);
  });
});
