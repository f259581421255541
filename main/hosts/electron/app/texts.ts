import { chooseLanguage } from '../../../domain/language.ts';
import { createTranslate, type Translate } from '../../../messages/messages.ts';

/** What the system shows for us outside of the page, from the same texts: `native.*`. */
export type NativeTexts = Translate;

/** `wanted` are the locales that the user prefers, the best first. */
export function createNativeTexts(wanted: readonly string[]): NativeTexts {
  return createTranslate(wanted[0] ?? 'en', chooseLanguage(wanted));
}
