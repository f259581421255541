import { parseQuerySize } from '../image/size.ts';
import { isLaterDate } from './parse/calendar.ts';
import { parseAge, parseDate } from './parse/dates.ts';
import type { Comparison, SeenTest, SizeValue } from './query-tree.ts';

type ValueRules<Value> = {
  /** Null for what does not parse. */
  readonly read: (text: string) => Value | null;
  readonly isBeyond: (low: Value, high: Value) => boolean;
  /** Between the ends of a range. */
  readonly range: RegExp;
};

const operators = [
  ...(['>=', '=>', '≥', '≧'] as const).map((sign) => [sign, '>='] as const),
  ...(['<=', '=<', '≤', '≦'] as const).map((sign) => [sign, '<='] as const),
  ...(['>', '<'] as const).map((sign) => [sign, sign] as const),
  ['=', 'is'] as const,
];

/** No two ends of a range take more. UTF-16 units. */
export const longestValue = 100;

/** A hyphen belongs to a date, unless there are blanks around it. */
export const dateRange = /\s*(?:\.{2,3}|[…‥])\s*|\s+(?:-|to)\s+/i;
/** With a hyphen, too: `500-800kb`, `500 kb - 800 kb`. */
export const numberRange = new RegExp(`-|${dateRange.source}`, 'i');

/** `>v`, `>=v`, `<v`, `<=v`, `a..b`, `a..`, `..b` or `v`; null for anything else, and for a range from high to low. */
function parseComparison<Value>(typed: string, rules: ValueRules<Value>): Comparison<Value> | null {
  if (typed.length > longestValue) return null;
  const text = typed.trim();
  const operator = operators.find(([sign]) => text.startsWith(sign));
  if (operator) return one(operator[1], rules.read(text.slice(operator[0].length).trim()));
  const range = rules.range.exec(text);
  if (!range) return one('is', rules.read(text));
  const [lowText, highText] = [text.slice(0, range.index), text.slice(range.index + range[0].length)];
  const isOpen = /\.\.|[…‥]/.test(range[0]);
  if (highText === '') return isOpen ? one('>=', rules.read(lowText)) : null;
  if (lowText === '') return isOpen ? one('<=', rules.read(highText)) : null;
  const low = rules.read(lowText);
  const high = rules.read(highText);
  return low === null || high === null || rules.isBeyond(low, high) ? null : { op: 'range', low, high };
}

function one<Value>(op: 'is' | '>' | '>=' | '<' | '<=', value: Value | null): Comparison<Value> | null {
  return value === null ? null : { op, value };
}

export function parseNumberTest(text: string): Comparison<number> | null {
  return parseComparison(text, { read: readWhole, isBeyond: (low, high) => low > high, range: numberRange });
}

/** Reads a whole number, also with its digits in groups, as `1,000,005` or `1 000 005`. */
function readWhole(text: string): number | null {
  const plain = /^[0-9]{1,3}([,.'_\s])[0-9]{3}(?:\1[0-9]{3})*$/.test(text) ? text.replace(/[^0-9]/g, '') : text;
  const value = Number(plain);
  return /^[0-9]+$/.test(plain) && Number.isSafeInteger(value) ? value : null;
}

/** As `parseNumberTest`, and understands `1000 px`. */
export function parsePixelTest(text: string): Comparison<number> | null {
  if (text.length > longestValue) return null;
  return parseNumberTest(text.replace(/(?<=[0-9])\s*px(?![a-z])/gi, ''));
}

const sharedUnit = new RegExp(String.raw`^\s*0*([1-9][0-9.,]*)(?:${numberRange.source})([0-9.,]+\s*([a-z]+))\s*$`, 'i');

/** Takes both ends of `500-800kb` as KB; null if that makes the lower end the greater one. */
export function parseSizeTest(text: string): Comparison<SizeValue> | null {
  if (text.length > longestValue) return null;
  const shared = sharedUnit.exec(text);
  const typed = shared ? `${shared[1]}${shared[3]}..${shared[2]}` : text;
  return parseComparison(typed, {
    read: parseQuerySize,
    isBeyond: (low, high) => low.bytes > high.bytes,
    range: numberRange,
  });
}

/** An age takes no operator: whether `>7d` is older or newer, two people would not say alike. */
export function parseSeenTest(text: string): SeenTest | null {
  if (text.length > longestValue) return null;
  return parseAge(text.trim()) ?? parseComparison(text, { read: parseDate, isBeyond: isLaterDate, range: dateRange });
}
