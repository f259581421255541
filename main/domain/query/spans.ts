import type { ByteSpan } from '../image/size.ts';
import { shownAs } from '../image/size.ts';
import { calendarSpan, momentBefore } from './parse/calendar.ts';
import type { Comparison, SeenTest, SizeValue } from './query-tree.ts';

/** Whole numbers, both ends included; perhaps infinite. */
export type IntegerSpan = { readonly low: number; readonly high: number };

export function isWithin(value: number, span: IntegerSpan): boolean {
  return value >= span.low && value <= span.high;
}

export function numberSpan(test: Comparison<number>): IntegerSpan {
  return boundsOf(test, (value) => ({ low: value, high: value }));
}

/** Exact sizes compare with `exact`, sizes from texts with `nominal`: alone, `1mb` is whatever is shown as 1 MB. */
export function sizeSpans(test: Comparison<SizeValue>): { readonly exact: ByteSpan; readonly nominal: ByteSpan } {
  const nominal = boundsOf(test, ({ bytes }) => ({ low: bytes, high: bytes }));
  const shown = test.op === 'is' ? shownAs(test.value.text) : null;
  return { exact: shown ?? nominal, nominal };
}

/** ms since the epoch. */
export function seenSpan(test: SeenTest, now: number): IntegerSpan {
  if (test.op === 'within') return { low: momentBefore(now, test.amount, test.unit), high: Infinity };
  return boundsOf(test, (date) => {
    const { start, end } = calendarSpan(date, now);
    return { low: start, high: end - 1 };
  });
}

function boundsOf<Value>(test: Comparison<Value>, spanOf: (value: Value) => IntegerSpan): IntegerSpan {
  if (test.op === 'range') return { low: spanOf(test.low).low, high: spanOf(test.high).high };
  const span = spanOf(test.value);
  switch (test.op) {
    case 'is':
      return span;
    case '>':
      return { low: span.high + 1, high: Infinity };
    case '>=':
      return { low: span.low, high: Infinity };
    case '<':
      return { low: -Infinity, high: span.low - 1 };
    case '<=':
      return { low: -Infinity, high: span.high };
  }
}
