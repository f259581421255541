import { expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../renderer/search/address.ts';

test.each([
  { text: 'logo', scope: '', order: null },
  { text: 'logo', scope: 'is:new account:"Brand team"', order: null },
  { text: '', scope: 'is:gone', order: null },
  { text: '', scope: '', order: { key: 'size', descending: true } },
  { text: 'ext:png size:>500kb', scope: '', order: { key: 'name', descending: false } },
  { text: 'a+b & c=d #e 100% "süß" https://x.example/a%20b.png?v=1', scope: '', order: null },
  { text: ' two  blanks ', scope: '', order: null },
] as const)('a search comes back from its address: $text', (searched) => {
  expect(readAddress(writeAddress(searched))).toEqual(searched);
});

test('everything in its usual order has no address of its own', () => {
  expect(writeAddress({ text: '', scope: '', order: null })).toBe('');
  expect(['', '#', '#other', '#sort=nothing', '#sort=size sort:id'].map(readAddress)).toEqual(Array(5).fill(undefined));
});
