import { chooseLanguage } from '../../../domain/language.ts';
import { createTranslate, type Translate } from '../../../messages/messages.ts';

/** What the system shows for us outside of the page, from the same texts: `native.*`. */
export type Words = Translate;

/** `wanted` are the locales that the user prefers, the best first. */
export function createWords(wanted: readonly string[]): Words {
  return createTranslate(wanted[0] ?? 'en', chooseLanguage(wanted));
}
