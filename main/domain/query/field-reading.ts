import type { QueryMistake } from './mistake.ts';
import { notAvailable, valueMistake } from './mistake.ts';
import type { QueryNode, Sort } from './query-tree.ts';
import { readList, readValue } from './words.ts';

/** What stands behind `field:`, up to `end`; what could not be read is among the mistakes. */
export type FieldReading = {
  readonly end: number;
  readonly node: QueryNode | null;
  readonly sort: Sort | null;
  readonly mistakes: readonly QueryMistake[];
};

/** `start` is where the field's name begins, `valueStart` what follows its colon. */
export type FieldSource = { readonly text: string; readonly start: number; readonly valueStart: number };

export type FieldReader = (source: FieldSource) => FieldReading;

/** How one value is read (null for what does not parse), and what its mistake says. */
export type ValueReader<Value> = {
  readonly field: string;
  readonly expected: string;
  readonly read: (text: string) => Value | null;
  /** Values whose feature doesn't exist yet, in lower case. */
  readonly unavailable?: readonly string[];
};

/** One value up to the next space. */
export function singleReader<Value>(
  reader: ValueReader<Value>,
  toReading: (value: Value) => Pick<FieldReading, 'node' | 'sort'>,
): FieldReader {
  return ({ text, start, valueStart }) => {
    const { text: value, end } = readValue(text, valueStart);
    const parsed = reader.read(value);
    if (parsed === null) return wrong(end, explain(reader, { start, end }, value));
    return { end, ...toReading(parsed), mistakes: [] };
  };
}

/** Values parted by commas; the wrong ones are left out, each with its own mistake. */
export function listReader<Value>(
  reader: ValueReader<Value>,
  toNode: (values: readonly Value[]) => QueryNode,
): FieldReader {
  return ({ text, start, valueStart }) => {
    const { items, end } = readList(text, valueStart);
    const values: Value[] = [];
    const mistakes: QueryMistake[] = [];
    for (const item of items) {
      const value = reader.read(item.text);
      if (value === null) mistakes.push(explain(reader, items.length === 1 ? { start, end } : item, item.text));
      else values.push(value);
    }
    if (items.length === 0) mistakes.push(explain(reader, { start, end }, ''));
    return { end, node: values.length === 0 ? null : toNode(values), sort: null, mistakes };
  };
}

export function wrong(end: number, mistake: QueryMistake): FieldReading {
  return { end, node: null, sort: null, mistakes: [mistake] };
}

function explain<Value>(reader: ValueReader<Value>, place: { start: number; end: number }, got: string): QueryMistake {
  const later = got.toLowerCase();
  if (reader.unavailable?.includes(later) === true) return notAvailable(place, `${reader.field}:${later}`);
  const dots = got.indexOf('..');
  const swapped = `${got.slice(dots + 2)}..${got.slice(0, dots)}`;
  const isReversed = dots > 0 && dots + 2 < got.length && reader.read(swapped) !== null;
  return valueMistake(place, reader.field, isReversed ? `the lower end first, ${swapped}` : reader.expected, got);
}
