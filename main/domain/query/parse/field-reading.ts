import { longestValue } from '../comparison.ts';
import type { QueryMistake } from '../mistake.ts';
import { notAvailable, valueMistake } from '../mistake.ts';
import type { QueryNode, Sort } from '../query-tree.ts';
import type { ItemReader, ScannedValue } from './words.ts';
import { readList, readListed, readValue, startOfValue } from './words.ts';

/** What stands behind `field:`, up to `end`; what could not be read is among the mistakes. */
export type FieldReading = {
  readonly end: number;
  readonly node: QueryNode | null;
  readonly sort: Sort | null;
  readonly mistakes: readonly QueryMistake[];
};

/** `start` is where the field's name begins, `valueStart` what follows its colon; `typed` is a part of the text as it was typed. */
export type FieldSource = {
  readonly text: string;
  readonly start: number;
  readonly valueStart: number;
  readonly typed: (start: number, end: number) => string;
};

export type FieldReader = (source: FieldSource) => FieldReading;

/** How one value is read (null for what does not parse), and what its mistake says. */
export type ValueReader<Value> = {
  readonly field: string;
  readonly expected: string;
  readonly read: (text: string, isQuoted: boolean) => Value | null;
  /** Values that may have been meant by one that does not parse. */
  readonly suggest?: (text: string) => readonly string[];
  /** Reads one value to its end; unless given, to the next space, and in a list to the next separator. */
  readonly readItem?: ItemReader;
  /** Values whose feature doesn't exist yet, in lower case. */
  readonly unavailable?: readonly string[];
};

/** One value. */
export function singleReader<Value>(
  reader: ValueReader<Value>,
  toReading: (value: Value) => Pick<FieldReading, 'node' | 'sort'>,
): FieldReader {
  const readItem = reader.readItem ?? readValue;
  return ({ text, start, valueStart }) => {
    const item = readItem(text, startOfValue(text, valueStart), true);
    const { end } = item;
    const parsed = reader.read(item.text, item.isQuoted);
    if (parsed === null) return wrong(end, explain(reader, { start, end }, item));
    return { end, ...toReading(parsed), mistakes: [] };
  };
}

/** Values separated by commas; the wrong ones are left out, each with its own mistake. */
export function listReader<Value>(
  reader: ValueReader<Value>,
  toNode: (values: readonly Value[]) => QueryNode,
): FieldReader {
  return ({ text, start, valueStart }) => {
    const { items, end } = readList(text, valueStart, reader.readItem ?? readListed);
    const values: Value[] = [];
    const mistakes: QueryMistake[] = [];
    for (const item of items) {
      const value = reader.read(item.text, item.isQuoted);
      if (value === null) mistakes.push(explain(reader, items.length === 1 ? { start, end } : item, item));
      else values.push(value);
    }
    if (items.length === 0) mistakes.push(explain(reader, { start, end }, { text: '', isQuoted: false }));
    return { end, node: values.length === 0 ? null : toNode(values), sort: null, mistakes };
  };
}

export function wrong(end: number, mistake: QueryMistake): FieldReading {
  return { end, node: null, sort: null, mistakes: [mistake] };
}

function explain<Value>(
  { field, expected, read, suggest, unavailable }: ValueReader<Value>,
  place: { start: number; end: number },
  { text, isQuoted }: Pick<ScannedValue, 'text' | 'isQuoted'>,
): QueryMistake {
  // A longer text is no typing mistake, and would take time.
  if (text.length > longestValue) return valueMistake(place, { field, expected, got: text });
  const named = text.trim().toLowerCase();
  if (unavailable?.includes(named) === true) return notAvailable(place, `${field}:${named}`);
  const range = /\s*\.\.\s*/.exec(text);
  const [low, high] = range ? [text.slice(0, range.index), text.slice(range.index + range[0].length)] : ['', ''];
  const isReversed = low !== '' && high !== '' && read(`${high}..${low}`, isQuoted) !== null;
  const wanted = isReversed ? 'the lower end first' : expected;
  const values = isReversed ? [`${high}..${low}`] : (suggest?.(text) ?? []);
  const suggestions = values.map((value) => (value.includes(':') ? value : `${field}:${value}`));
  return valueMistake(place, { field, expected: wanted, got: text, suggestions });
}
