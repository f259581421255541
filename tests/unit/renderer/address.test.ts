import { expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../renderer/search/address.ts';

test.each([
  { text: 'logo', order: null },
  { text: '', order: { key: 'size', descending: true } },
  { text: 'ext:png size:>500kb', order: { key: 'name', descending: false } },
  { text: 'a+b & c=d #e 100% "süß" https://x.example/a%20b.png?v=1', order: null },
  { text: ' two  blanks ', order: null },
] as const)('a search comes back from its address: $text', (searched) => {
  expect(readAddress(writeAddress(searched))).toEqual(searched);
});

test('everything in its usual order has no address of its own', () => {
  expect(writeAddress({ text: '', order: null })).toBe('');
  expect(['', '#', '#other', '#sort=nothing', '#sort=size sort:id'].map(readAddress)).toEqual(Array(5).fill(undefined));
});
