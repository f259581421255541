import { IntlMessageFormat } from 'intl-messageformat';
import { chooseLanguage, localeOf, type Language } from '../domain/language.ts';
import accounts from './en/accounts.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import failures from './en/failures.json' with { type: 'json' };
import gallery from './en/gallery.json' with { type: 'json' };
import host from './en/host.json' with { type: 'json' };
import native from './en/native.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import syncs from './en/syncs.json' with { type: 'json' };
import transfers from './en/transfers.json' with { type: 'json' };
import updates from './en/updates.json' with { type: 'json' };

const english = {
  ...{ ...common, ...failures, ...gallery, ...host, ...accounts, ...settings, ...syncs, ...transfers, ...updates },
  ...native,
};
/** All texts of each language, those of the page and those that the system shows for us. */
const texts: Readonly<Record<Language, Readonly<Record<keyof typeof english, string>>>> = { en: english };

export type MessageKey = keyof typeof english;
export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** Gives a text of the interface in the page's language, its placeholders filled in. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** `locale` decides how numbers and dates in a text are written. */
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
