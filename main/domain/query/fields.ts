import { fold } from '../fold.ts';
import { parseNumberTest, parseSeenTest, parseSizeTest } from './comparison.ts';
import type { FieldReader } from './field-reading.ts';
import { listReader, singleReader } from './field-reading.ts';
import { readName } from './name-reader.ts';
import type { NumberField, Sort, WordField } from './query-tree.ts';
import { imageStates, numberFields, sortKeys, wordFields } from './query-tree.ts';
import { readUnavailable, unavailableFields, unavailableStates } from './unavailable.ts';

const expectedWords: Readonly<Record<WordField, string>> = {
  ext: 'an extension such as png',
  account: 'the name of an account such as "Brand team"',
  folder: 'a folder such as sub-3',
  host: 'a host such as eu.questionpro.com',
  tag: 'a tag such as hero',
  type: 'a format such as webp',
};

const expectedNumbers: Readonly<Record<NumberField, string>> = {
  id: 'a number such as 1000005, >1000005 or 1000001..1000005',
  rating: 'a number such as >=3',
  width: 'a number of pixels such as >1000',
  height: 'a number of pixels such as <200',
};

const states = imageStates.filter((state) => !unavailableStates.includes(state));

const readIs = listReader(
  { field: 'is', expected: `one of ${states.join(', ')}`, read: choiceOf(states), unavailable: unavailableStates },
  (states) => ({ kind: 'is', states }),
);

const readSeen = listReader(
  {
    field: 'seen',
    expected: 'a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >)',
    read: parseSeenTest,
  },
  (tests) => ({ kind: 'seen', tests }),
);

/** One size only, as a comma may be its decimal point. */
const readSize = singleReader({ field: 'size', expected: 'a size such as 500kb', read: parseSizeTest }, (test) => ({
  node: { kind: 'size', test },
  sort: null,
}));

const readAnimated = singleReader({ field: 'animated', expected: 'yes or no', read: yesOrNo }, (value) => ({
  node: { kind: 'animated', value },
  sort: null,
}));

const readSort = singleReader(
  { field: 'sort', expected: `one of ${sortKeys.join(', ')}, such as size or size-asc`, read: parseSort },
  (sort) => ({ node: null, sort }),
);

const readers: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['name', readName],
  ...wordFields.map((field) => [field, wordReader(field)] as const),
  ...numberFields.map((field) => [field, numberReader(field)] as const),
  ['size', readSize],
  ['seen', readSeen],
  ['is', readIs],
  ['animated', readAnimated],
  ['sort', readSort],
  ...unavailableFields.map((field) => [field, readUnavailable] as const),
]);

export const fieldNames: readonly string[] = [...readers.keys()].filter((name) => !unavailableFields.includes(name));

/** The reader of a field, whatever the case of its name; undefined for an unknown one. */
export function fieldReader(name: string): FieldReader | undefined {
  return readers.get(name.toLowerCase());
}

function wordReader(field: WordField): FieldReader {
  const read = (text: string): string | null => {
    const value = field === 'ext' ? text.replace(/^\.+/, '') : text;
    return fold(value) === '' ? null : value;
  };
  return listReader({ field, expected: expectedWords[field], read }, (values) => ({ kind: 'word', field, values }));
}

function numberReader(field: NumberField): FieldReader {
  const reader = { field, expected: expectedNumbers[field], read: parseNumberTest };
  return listReader(reader, (tests) => ({ kind: 'number', field, tests }));
}

function yesOrNo(text: string): boolean | null {
  if (/^(yes|true)$/i.test(text)) return true;
  return /^(no|false)$/i.test(text) ? false : null;
}

/** Alone, what has a newest or a largest falls, the rest rises. */
function parseSort(text: string): Sort | null {
  const parts = /^([a-z]+)(?:-(asc|desc))?$/i.exec(text);
  const key = choiceOf(sortKeys)(parts?.[1] ?? '');
  if (key === null) return null;
  const falls = key === 'size' || key === 'id' || key === 'seen';
  const direction = parts?.[2]?.toLowerCase();
  return { key, descending: direction === undefined ? falls : direction === 'desc' };
}

function choiceOf<Choice extends string>(choices: readonly Choice[]): (text: string) => Choice | null {
  return (text) => choices.find((choice) => choice === text.toLowerCase()) ?? null;
}
