import type { AgeUnit } from '../query-tree.ts';

/** ms since the epoch, `end` excluded. */
export type TimeSpan = { readonly start: number; readonly end: number };

/** Whether this is a date of the calendar, as `2026-11-01`, `2026-11` or `2026`. */
export function isCalendarDate(text: string): boolean {
  const parts = /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month - 1);
}

/** Dates by name: a unit, and how many of it they lie back. */
const relativeDates = {
  today: ['day', 0],
  yesterday: ['day', 1],
  'this-week': ['week', 0],
  'last-week': ['week', 1],
  'this-month': ['month', 0],
  'last-month': ['month', 1],
  'this-year': ['year', 0],
  'last-year': ['year', 1],
} as const;
type RelativeDate = keyof typeof relativeDates;

export const relativeDateNames = Object.keys(relativeDates) as readonly RelativeDate[];

export function isRelativeDate(text: string): text is RelativeDate {
  return Object.hasOwn(relativeDates, text);
}

/** From local midnight to local midnight, whatever the clocks did on that day; weeks start on Monday. */
export function calendarSpan(date: string, now: number): TimeSpan {
  if (isRelativeDate(date)) return relativeSpan(date, new Date(now));
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return { start: localStart(year, 0, 1), end: localStart(year + 1, 0, 1) };
  if (day === undefined) return { start: localStart(year, month - 1, 1), end: localStart(year, month, 1) };
  return { start: localStart(year, month - 1, day), end: localStart(year, month - 1, day + 1) };
}

function relativeSpan(name: RelativeDate, now: Date): TimeSpan {
  const [unit, back] = relativeDates[name];
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (unit === 'year') return { start: localStart(year - back, 0, 1), end: localStart(year - back + 1, 0, 1) };
  if (unit === 'month') return { start: localStart(year, month - back, 1), end: localStart(year, month - back + 1, 1) };
  if (unit === 'day')
    return { start: localStart(year, month, day - back), end: localStart(year, month, day - back + 1) };
  const monday = day - ((now.getDay() + 6) % 7) - 7 * back;
  return { start: localStart(year, month, monday), end: localStart(year, month, monday + 7) };
}

/** Returns whether `low` begins after `high` has ended, whatever day it is. */
export function isLaterDate(low: string, high: string): boolean {
  if (isRelativeDate(low) && isRelativeDate(high)) {
    const [[lowUnit, lowBack], [highUnit, highBack]] = [relativeDates[low], relativeDates[high]];
    return lowUnit === highUnit && lowBack < highBack;
  }
  return !isRelativeDate(low) && !isRelativeDate(high) && low.slice(0, high.length) > high;
}

/** The moment so long before `now`; months and years keep the day of the month where it exists. */
export function momentBefore(now: number, amount: number, unit: AgeUnit): number {
  const date = new Date(now);
  switch (unit) {
    case 'h':
      return now - amount * 3_600_000;
    case 'd':
      return date.setDate(date.getDate() - amount);
    case 'w':
      return date.setDate(date.getDate() - 7 * amount);
    case 'm':
      return monthsBefore(date, amount);
    case 'y':
      return monthsBefore(date, 12 * amount);
  }
}

function monthsBefore(date: Date, months: number): number {
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() - months);
  return date.setDate(Math.min(day, daysInMonth(date.getFullYear(), date.getMonth())));
}

function daysInMonth(year: number, monthIndex: number): number {
  return new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
}

function localStart(year: number, monthIndex: number, day: number): number {
  return new Date(year, monthIndex, day).getTime();
}
