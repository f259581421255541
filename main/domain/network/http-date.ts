const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const dayName = '(?:mon|tue|wed|thu|fri|sat|sun)';
const longDayName = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const month = `(?<month>${months.join('|')})`;
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;

/** The three forms of RFC 9110 5.6.7, all of them in GMT. */
const forms: readonly RegExp[] = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(String.raw`^${dayName}, (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT$`, 'i'),
  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(String.raw`^${longDayName}, (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT$`, 'i'),
  // asctime: Sun Nov  6 08:49:37 1994
  new RegExp(String.raw`^${dayName} ${month} (?<day>\d\d| \d) ${time} (?<year>\d{4})$`, 'i'),
];

/** Reads a date of an HTTP header, in ms since the epoch; null for anything else. `now` decides a year of two digits. */
export function readHttpDate(text: string | undefined, now: number): number | null {
  const trimmed = text?.trim() ?? '';
  const groups = forms.map((form) => form.exec(trimmed)?.groups).find((found) => found !== undefined);
  if (!groups) return null;
  const number = (name: string): number => Number(groups[name]);
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const year = fullYear(groups['year'] ?? '', now);
  const monthIndex = months.indexOf(groups['month']?.toLowerCase() ?? '');
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, monthIndex, number('day'));
  const isRealDay = midnight.getUTCMonth() === monthIndex && midnight.getUTCDate() === number('day');
  return isRealDay ? midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 : null;
}

/** Takes a year of two digits that would lie more than 50 years ahead for the past (RFC 9110 5.6.7). */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
