import { describe, expect, test } from 'vitest';
import { isOwnAddress, isStartAddress } from '../../../main/hosts/electron/window/app-url.ts';

describe('an address of the interface', () => {
  test.each(['app://contact-sheet/', 'app://contact-sheet/assets/a.js?b#c', 'APP://contact-sheet/'])(
    '%s',
    (address) => {
      expect(isOwnAddress(address)).toBe(true);
    },
  );
});

describe('an address of someone else', () => {
  test.each([
    '',
    'app:',
    'app://contact-sheet.evil.example/',
    'app://evil.example/app://contact-sheet/',
    'app://user@contact-sheet/',
    'app://:word@contact-sheet/',
    'app://contact-sheet:8080/',
    'app://contact-sheet@evil.example/',
    'app:contact-sheet/',
    'https://contact-sheet/',
    'file:///app://contact-sheet/',
    'about:blank',
    'data:text/html,app://contact-sheet/',
    'xapp://contact-sheet/',
  ])('%s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
    expect(isStartAddress(address)).toBe(false);
  });
});

test('only the page itself may be loaded into a window, no picture and no script', () => {
  expect(isStartAddress('app://contact-sheet/')).toBe(true);
  expect(isStartAddress('app://contact-sheet/#gallery')).toBe(true);
  expect(isStartAddress('app://contact-sheet/thumbnail/1')).toBe(false);
  expect(isStartAddress('app://contact-sheet/index.html')).toBe(false);
});
