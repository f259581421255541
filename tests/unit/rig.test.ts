import { describe, expect, test } from 'vitest';
import { toAppAddress, toPageAddress } from '../support/rig/origins.ts';
import { clonePlain } from '../support/rig/plain-data.ts';
import { strict } from '../support/rig/strict.ts';

describe('the stand-in for Electron', () => {
  test('throws, by its name, what it does not know', async () => {
    const app = strict('app', { quit: () => 'gone' });
    expect(app.quit()).toBe('gone');
    expect(() => Reflect.get(app, 'relaunch')).toThrow('The rig does not know app.relaunch.');
    expect(() => Reflect.set(app, 'badgeCount', 3)).toThrow('The rig does not know how to set app.badgeCount.');
    expect(await Promise.resolve(app)).toBe(app);
  });

  test('carries plain data as it is, and refuses what would change on the way', () => {
    const value = { a: [1, null, undefined, 'x'], at: new Date(5), inner: { on: true } };
    expect(clonePlain(value)).toEqual(value);
    expect(() => clonePlain({ inner: [new Map()] })).toThrow("The rig can't carry a Map.");
    expect(() => clonePlain(() => 1)).toThrow(/could not be cloned/u);
  });

  test('gives each of the app’s origins an https origin, and back', () => {
    const schemes = new Set(['app']);
    const pairs = [
      ['app://contact-sheet/', 'https://contact-sheet.app.test/'],
      ['app://contact-sheet/a/b?c=d#e', 'https://contact-sheet.app.test/a/b?c=d#e'],
      ['app://evil.example/', 'https://evil.example.app.test/'],
    ] as const;
    for (const [own, page] of pairs) {
      expect(toPageAddress(own, schemes)).toBe(page);
      expect(toAppAddress(page, schemes)).toBe(own);
    }
    for (const other of [
      'https://contact-sheet.app.example/',
      'https://app.test.example/',
      'about:blank',
      'https://a.b.test/',
    ]) {
      expect(toAppAddress(other, schemes)).toBe(other);
      expect(toPageAddress(other, schemes)).toBe(other);
    }
  });
});
