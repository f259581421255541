import { formatSize } from '../domain/image/size.ts';
import type { Translate } from './messages.ts';

/** What every text is made with. */
export type TranslatedText = { readonly translate: Translate; readonly format: Format };

/** Numbers, sizes, dates and times as the page's language writes them. */
export type Format = ReturnType<typeof createFormat>;

const minuteMs = 60_000;

/** `direction`: that of the page now; a measure is kept from left to right within a text of the other direction. */
export function createFormat(locale: string, translate: Translate, direction: () => string = () => 'ltr') {
  const size = (bytes: number) => isolate(formatSize(bytes));
  const isolate = (measure: string) => (direction() === 'rtl' ? `\u2066${measure}\u2069` : measure);
  const numbers = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, {
    notation: 'compact',
    minimumSignificantDigits: 4,
    maximumSignificantDigits: 4,
    trailingZeroDisplay: 'stripIfInteger',
  });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const ages = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const lists = new Intl.ListFormat(locale);
  return {
    count: (value: number) => numbers.format(value),
    /** `1.05M`, for where there is no room. */
    short: (value: number) => short.format(value),
    size,
    /** With ≈ where any part of it is approximate. */
    totalSize: (bytes: number, isApproximate: boolean) => isolate(`${isApproximate ? '≈ ' : ''}${formatSize(bytes)}`),
    date: (ms: number) => dates.format(ms),
    day: (ms: number) => days.format(ms),
    /** `2 minutes ago`, up to a day; then the date. */
    age(ms: number, now: number): string {
      const minutes = Math.floor((now - ms) / minuteMs);
      if (minutes < 1) return translate('time.now');
      if (minutes < 60) return ages.format(-minutes, 'minute');
      return minutes < 24 * 60 ? ages.format(-Math.floor(minutes / 60), 'hour') : dates.format(ms);
    },
    duration: formatDuration,
    list: (texts: readonly string[]) => lists.format(texts),
  };
}

/** What one line says, side by side; what is '' is left out. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** `0:14`, `1:02:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
