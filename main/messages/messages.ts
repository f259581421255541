import { IntlMessageFormat } from 'intl-messageformat';
import { chooseLanguage, localeOf, type Language } from '../domain/language.ts';
import en from './en.json' with { type: 'json' };

/** Lists the texts of each language, those of the page and those of native menus and dialogs. */
const texts: Readonly<Record<Language, Readonly<Record<keyof typeof en, string>>>> = { en };

export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** Returns a text of the interface in the page's language, with its placeholders filled in. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** `locale` determines how numbers and dates are written. */
export function createTranslate(locale: string, language: Language = chooseLanguage([locale])): Translate {
  const ownLocale = localeOf(language, locale);
  const formats = new Map<MessageKey, IntlMessageFormat>();
  return (key, values = {}) => {
    const format =
      formats.get(key) ?? new IntlMessageFormat(texts[language][key], ownLocale, undefined, { ignoreTag: true });
    formats.set(key, format);
    return String(format.format(values));
  };
}
