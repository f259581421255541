import { describe, expect, test } from 'vitest';
import { chooseLanguage, directionOf, localeOf } from '../../../main/domain/language.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';
import { readAcceptLanguage } from '../../../main/hosts/shared/page/accept-language.ts';

describe('the language', () => {
  test('is the first that is wanted and there, else English', () => {
    for (const wanted of [[], ['xx'], ['en'], ['en_GB.UTF-8'], ['EN-us', 'de'], ['tlh', 'en']]) {
      expect(chooseLanguage(wanted)).toBe('en');
    }
  });

  test('has a direction', () => {
    expect(['en', 'ar-EG', 'he', 'FA', 'dea'].map(directionOf)).toEqual(['ltr', 'rtl', 'rtl', 'rtl', 'ltr']);
  });

  test('of a text decides its plurals, the user’s own locale its numbers where it is of that language', () => {
    expect([localeOf('en', 'en-IN'), localeOf('en', 'ja-JP')]).toEqual(['en-IN', 'en']);
    // Japanese has no singular: an English text would say “1 files”.
    expect(createNativeTexts(['ja-JP'])('native.filesComing', { files: 1 })).toBe('One file remaining');
    expect(createNativeTexts([])('native.endedText', { done: 3, failed: 2 })).toBe('3 files saved, 2 failed.');
  });
});

test.each([
  ['de-CH, fr;q=0.8, en;q=0.9', ['de-CH', 'en', 'fr']],
  ['en;q=0, *;q=0.5, x y, zh-Hant-TW ; q=0.25', ['zh-Hant-TW']],
  ['', []],
  [undefined, []],
])('a browser that says %j prefers %j', (header, expected) => {
  const headers = new Headers(header === undefined ? {} : { 'Accept-Language': header });
  expect(readAcceptLanguage({ headers })).toEqual(expected);
});
