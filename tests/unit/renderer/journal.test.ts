import { expect, test } from 'vitest';
import { showControls } from '../../../renderer/syncs/journal.ts';

test.each([
  ['{"name":"\u202Egnp.exe"}', '{"name":"\\u202egnp.exe"}'],
  ['a\0b\u2028c\u{E0001}', 'a\\u0000b\\u2028c\\udb40\\udc01'],
  ['Žena größer\n\t👍', 'Žena größer\n\t👍'],
])('%j is shown as %s', (raw, shown) => {
  expect(showControls(raw)).toBe(shown);
});
