import { formatSize } from '../domain/image/size.ts';
import type { Translate } from './messages.ts';

/** The functions that make a text. */
export type TranslatedText = { readonly translate: Translate; readonly format: Format };

/** Formats numbers, sizes, dates and times in the page's language. */
export type Format = ReturnType<typeof createFormat>;

const minuteMs = 60_000;

/**
 * Creates the formats. `direction` returns the page's current one; measures stay left to right in right-to-left text.
 */
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
    /** Formats a count as `1.05M`, for narrow spaces. */
    short: (value: number) => short.format(value),
    size,
    /** Prefixes ≈ if any part is approximate. */
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

/** Joins the non-empty parts of a line. */
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
