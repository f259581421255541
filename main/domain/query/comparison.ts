import { parseQuerySize } from '../size.ts';
import { isCalendarDate, isLaterDate } from './calendar.ts';
import type { AgeUnit, Comparison, SeenTest, SizeValue } from './query-tree.ts';
import { ageUnits } from './query-tree.ts';

type ValueRules<Value> = {
  /** Null for what does not parse. */
  readonly read: (text: string) => Value | null;
  readonly isBeyond: (low: Value, high: Value) => boolean;
};

const operators = [
  ['>=', '>='],
  ['≥', '>='],
  ['<=', '<='],
  ['≤', '<='],
  ['>', '>'],
  ['<', '<'],
] as const;

/** `>v`, `>=v`, `<v`, `<=v`, `a..b`, `a..`, `..b` or `v`; null for anything else, and for a range from high to low. */
function parseComparison<Value>(text: string, rules: ValueRules<Value>): Comparison<Value> | null {
  const operator = operators.find(([sign]) => text.startsWith(sign));
  if (operator) return one(operator[1], rules.read(text.slice(operator[0].length)));
  const dots = text.indexOf('..');
  if (dots < 0) return one('is', rules.read(text));
  const [lowText, highText] = [text.slice(0, dots), text.slice(dots + 2)];
  if (highText === '') return one('>=', rules.read(lowText));
  if (lowText === '') return one('<=', rules.read(highText));
  const low = rules.read(lowText);
  const high = rules.read(highText);
  return low === null || high === null || rules.isBeyond(low, high) ? null : { op: 'range', low, high };
}

function one<Value>(op: 'is' | '>' | '>=' | '<' | '<=', value: Value | null): Comparison<Value> | null {
  return value === null ? null : { op, value };
}

export function parseNumberTest(text: string): Comparison<number> | null {
  return parseComparison(text, { read: readWhole, isBeyond: (low, high) => low > high });
}

function readWhole(text: string): number | null {
  const value = Number(text);
  return /^[0-9]+$/.test(text) && Number.isSafeInteger(value) ? value : null;
}

export function parseSizeTest(text: string): Comparison<SizeValue> | null {
  return parseComparison(text, { read: parseQuerySize, isBeyond: (low, high) => low.bytes > high.bytes });
}

/** An age takes no operator: whether `>7d` is older or newer, two people would not say alike. */
export function parseSeenTest(text: string): SeenTest | null {
  const age = /^([0-9]{1,4})([a-z])$/i.exec(text);
  if (!age)
    return parseComparison(text, { read: (date) => (isCalendarDate(date) ? date : null), isBeyond: isLaterDate });
  const amount = Number(age[1]);
  const unit = age[2]?.toLowerCase();
  return amount > 0 && isAgeUnit(unit) ? { op: 'within', amount, unit } : null;
}

function isAgeUnit(text: string | undefined): text is AgeUnit {
  return ageUnits.some((unit) => unit === text);
}
