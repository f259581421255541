import { isCalendarDate, isRelativeDate } from './calendar.ts';
import { ageUnits, type AgeUnit, type SeenTest } from '../query-tree.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
/** The source of an expression for a month's name, short or whole. */
export const monthName = String.raw`(?:${months.map((month) => month.slice(0, 3)).join('|')})[a-z]*\.?`;

/**
 * Reads a date in the forms that people write: ISO, `30.11.2026`, `11/30/2026`, `30 Nov 2026`, `2026年11月30日`, `today`,
 * `last week`. Returns it as `2026-11-30`, `2026-11`, `2026` or `last-week`; null for anything else, and where day and
 * month could be either way round.
 */
export function parseDate(text: string): string | null {
  const relative = text.toLowerCase().replace(/^(this|last)[\s-]?/, '$1-');
  if (isRelativeDate(relative)) return relative;
  const [date, ...others] = datesOf(text.trim());
  return date === undefined || others.length > 0 ? null : date;
}

/** Every date that the text can stand for. */
export function datesOf(text: string): readonly string[] {
  const yearFirst =
    /^([0-9]{4})(?:([-./\s])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?$/.exec(text) ??
    /^([0-9]{4})()([0-9]{2})([0-9]{2})$/.exec(text) ??
    /^([0-9]{4})()年(?:\s*([0-9]{1,2})月(?:\s*([0-9]{1,2})日)?)?$/.exec(text);
  if (yearFirst) return existing([[yearFirst[1], yearFirst[3], yearFirst[4]]]);
  const monthOnly = /^([0-9]{1,2})[-./]([0-9]{4})$/.exec(text);
  if (monthOnly) return existing([[monthOnly[2], monthOnly[1]]]);
  const yearLast = /^([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})$/.exec(text);
  if (yearLast) {
    const [, one, sign, other, year] = yearLast;
    const dayFirst = [year, other, one];
    // With dots the day comes first, wherever dots are written.
    return existing(sign === '.' || one === other ? [dayFirst] : [dayFirst, [year, one, other]]);
  }
  const dayName = /^([0-9]{1,2})(?:\.|st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})$/i.exec(text);
  if (dayName) return existing([[dayName[3], monthNamed(dayName[2]), dayName[1]]]);
  const nameDay = /^([a-z]{3,9})\.?(?:\s+([0-9]{1,2})(?:st|nd|rd|th)?,?)?\s+([0-9]{4})$/i.exec(text);
  return nameDay ? existing([[nameDay[3], monthNamed(nameDay[1]), nameDay[2]]]) : [];
}

function existing(dates: readonly (readonly (string | undefined)[])[]): readonly string[] {
  return dates
    .map((parts) => parts.filter((part) => part !== undefined).map((part) => part.padStart(2, '0')))
    .map((parts) => parts.join('-'))
    .filter(isCalendarDate);
}

/** Returns the number of a month by its name; 0, which no date has, for anything else. */
function monthNamed(name = ''): string {
  return String(months.findIndex((month) => month.startsWith(name.toLowerCase())) + 1);
}

const unitNames: Readonly<Record<AgeUnit, readonly string[]>> = {
  h: ['h', 'hr', 'hrs', 'hour', 'hours'],
  d: ['d', 'day', 'days'],
  w: ['w', 'wk', 'wks', 'week', 'weeks'],
  m: ['m', 'mo', 'mos', 'month', 'months'],
  y: ['y', 'yr', 'yrs', 'year', 'years'],
};
/** The source of an expression for a unit's name. */
export const unitName = `(?:${Object.values(unitNames).flat().join('|')})`;

/** Reads `7d`, `7 days`, `last 7 days`, `past week`; null for anything else. */
export function parseAge(text: string): SeenTest | null {
  const parts = /^(?:(?:last|past)\s+)?([0-9]{1,4})\s*([a-z]+)$/i.exec(text) ?? /^past\s()([a-z]+)$/i.exec(text);
  const name = parts?.[2]?.toLowerCase() ?? '';
  const unit = ageUnits.find((one) => unitNames[one].includes(name));
  const amount = parts?.[1] === '' ? 1 : Number(parts?.[1]);
  return unit !== undefined && amount > 0 ? { op: 'within', amount, unit } : null;
}
