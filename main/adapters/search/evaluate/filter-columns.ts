import { isWithin, type IntegerSpan } from '../../../domain/query/spans.ts';
import { filterRows, type Bitmap } from './bitmap.ts';
import type { IntegerColumn } from '../table/integer-column.ts';

/** `isShifted`: each number stands one greater than it is, and 0 is not known. */
export type NumberColumn = {
  readonly values: IntegerColumn;
  readonly isShifted?: boolean;
};

/** The rows of `within` whose code is wanted. */
export function filterCodes(codes: IntegerColumn, isWanted: readonly boolean[], within: Bitmap): Bitmap {
  if (!isWanted.includes(true)) return new Uint32Array(within.length);
  if (!isWanted.includes(false)) return within.slice();
  const flags = Uint8Array.from(isWanted, Number);
  const found = new Uint32Array(within.length);
  for (let word = 0; word < within.length; word++) {
    const base = word << 5;
    let bits = 0;
    for (let open = within[word] ?? 0; open !== 0; open &= open - 1) {
      const bit = 31 - Math.clz32(open & -open);
      bits |= (flags[codes[base + bit] ?? 0] ?? 0) << bit;
    }
    found[word] = bits;
  }
  return found;
}

/** The rows of `within` whose number lies in any of the spans. */
export function filterNumbers(column: NumberColumn, asked: readonly IntegerSpan[], within: Bitmap): Bitmap {
  const { values, isShifted = false } = column;
  const spans = isShifted ? asked.map(({ low, high }) => ({ low: Math.max(low + 1, 1), high: high + 1 })) : asked;
  const [first] = spans;
  if (spans.length === 1 && first !== undefined) return filterSpan(values, first, within);
  const single = new Set(spans.filter(({ low, high }) => low === high).map(({ low }) => low));
  const wide = spans.filter(({ low, high }) => low !== high);
  return filterRows(within, (row) => {
    const value = values[row] ?? 0;
    return single.has(value) || wide.some((span) => isWithin(value, span));
  });
}

function filterSpan(values: IntegerColumn, { low, high }: IntegerSpan, within: Bitmap): Bitmap {
  const found = new Uint32Array(within.length);
  for (let word = 0; word < within.length; word++) {
    const base = word << 5;
    let bits = 0;
    for (let open = within[word] ?? 0; open !== 0; open &= open - 1) {
      const bit = 31 - Math.clz32(open & -open);
      const value = values[base + bit] ?? 0;
      bits |= Number(value >= low && value <= high) << bit;
    }
    found[word] = bits;
  }
  return found;
}
