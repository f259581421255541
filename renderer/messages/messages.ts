import { IntlMessageFormat } from 'intl-messageformat';
import accounts from './en/accounts.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import failures from './en/failures.json' with { type: 'json' };
import gallery from './en/gallery.json' with { type: 'json' };
import host from './en/host.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import syncs from './en/syncs.json' with { type: 'json' };
import transfers from './en/transfers.json' with { type: 'json' };

const english = { ...common, ...failures, ...gallery, ...host, ...accounts, ...settings, ...syncs, ...transfers };

export type MessageKey = keyof typeof english;
export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** Gives a text of the interface in the page's language, its placeholders filled in. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** `locale` decides numbers, dates and plurals. */
export function createTranslate(locale: string): Translate {
  const formats = new Map<MessageKey, IntlMessageFormat>();
  return (key, values = {}) => {
    const format = formats.get(key) ?? new IntlMessageFormat(english[key], locale, undefined, { ignoreTag: true });
    formats.set(key, format);
    return String(format.format(values));
  };
}
