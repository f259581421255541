import { chooseLanguage } from '../../../domain/language.ts';
import { createTranslate, type Translate } from '../../../messages/messages.ts';

/** Translates texts that the system shows outside the page: `native.*`. */
export type NativeTexts = Translate;

/** `locales` are the user's preferred ones, best first. */
export function createNativeTexts(locales: readonly string[]): NativeTexts {
  return createTranslate(locales[0] ?? 'en', chooseLanguage(locales));
}
