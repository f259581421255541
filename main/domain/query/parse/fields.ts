import { normalize } from '../../text/normalize.ts';
import { imageTypes, typeNamed } from '../../image-check/extensions.ts';
import { parseNumberTest, parsePixelTest, parseSeenTest, parseSizeTest } from '../comparison.ts';
import type { FieldReader, ValueReader } from './field-reading.ts';
import { listReader, singleReader } from './field-reading.ts';
import { dateExtent, numberExtent, readLoose, sizeExtent } from './loose-values.ts';
import { readName } from './name-reader.ts';
import type { NumberField, QueryNode, Sort, WordField } from '../query-tree.ts';
import { imageStates, numberFields, sortKeys, wordFields } from '../query-tree.ts';
import {
  suggestChoice,
  suggestExtensions,
  suggestPixels,
  suggestQuotes,
  suggestSeen,
  suggestSize,
  suggestSort,
  suggestType,
} from '../suggestions.ts';
import { readUnavailable, unavailableFields, unavailableStates } from '../unavailable.ts';
import type { ScannedValue } from './words.ts';
import { endOfGroup, readListed } from './words.ts';

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
  {
    field: 'is',
    expected: `one of ${states.join(', ')}`,
    read: choiceOf(states),
    suggest: suggestChoice(states),
    unavailable: unavailableStates,
  },
  (states) => ({ kind: 'is', states }),
);

const readSeen = listReader(
  {
    field: 'seen',
    expected: 'a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >)',
    read: parseSeenTest,
    suggest: suggestSeen,
    readItem: (text, start) => readLoose(dateExtent.first, true, text, start),
  },
  (tests) => ({ kind: 'seen', tests }),
);

/** One size only, as a comma may be its decimal point. */
const readSize = singleReader(
  {
    field: 'size',
    expected: 'a size such as 500kb',
    read: parseSizeTest,
    suggest: suggestSize,
    readItem: (text, start) => readLoose(sizeExtent.first, false, text, start),
  },
  (test) => termOf({ kind: 'size', test }),
);

const readAnimated = singleReader({ field: 'animated', expected: 'yes or no', read: yesOrNo }, (value) =>
  termOf({ kind: 'animated', value }),
);

const sortExtent = /[+-]?\p{L}+(?:\s*[-,;:_]?\s*(?:asc(?:ending)?|desc(?:ending)?))?(?=[\s)]|$)/iuy;

const readSort = singleReader(
  {
    field: 'sort',
    expected: `one of ${sortKeys.join(', ')}, such as size or size-asc`,
    read: parseSort,
    suggest: suggestSort,
    readItem: (text, start) => readLoose(sortExtent, false, text, start),
  },
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

/** Those whose feature exists. */
export const fieldNames: readonly string[] = [...readers.keys()].filter((name) => !unavailableFields.includes(name));

/** The reader of a field, whatever the case of its name; undefined for an unknown one. */
export function fieldReader(name: string): FieldReader | undefined {
  return readers.get(name.toLowerCase());
}

/** Returns whether `>` and `<` may follow the field's name. */
export function isCompared(name: string): boolean {
  const field = name.toLowerCase();
  return field === 'size' || field === 'seen' || numberFields.some((one) => one === field);
}

function termOf(node: QueryNode): { node: QueryNode; sort: null } {
  return { node, sort: null };
}

function wordReader(field: WordField): FieldReader {
  const reader: ValueReader<string> = {
    field,
    expected: expectedWords[field],
    read: (text, isQuoted) => readWord(field, text, isQuoted),
    suggest: field === 'ext' ? suggestExtensions : field === 'type' ? suggestType(imageTypes) : suggestQuotes,
    readItem: readWholeWord,
  };
  return listReader(reader, (values) => ({ kind: 'word', field, values }));
}

/** A `*`, a parenthesis or a single quote is a part of the value only in quotes. */
function readWord(field: WordField, text: string, isQuoted: boolean): string | null {
  if (field === 'ext') return readExtension(text);
  if (field === 'type') return readType(text);
  if (!isQuoted && /^[('‘’]|\*/.test(text)) return null;
  const value = isQuoted ? text : plainWord(field, text);
  return normalize(value) === '' ? null : value;
}

/** Takes the host out of an address, and a folder out of a path. */
function plainWord(field: WordField, text: string): string {
  if (field === 'host') return text.replace(/^=|^https?:\/\//gi, '').replace(/[/:].*$/s, '');
  return field === 'folder' ? text.replace(/^=?\/*|\/+$/g, '') : text.replace(/^=/, '');
}

function readExtension(text: string): string | null {
  const value = text.trim().replace(/^=?\*?\.*/, '');
  return /^[a-z0-9]{1,16}$/.test(normalize(value)) ? value : null;
}

function readType(text: string): string | null {
  const value = text
    .trim()
    .replace(/^=?(?:image\/|\*?\.+)?/i, '')
    .replace(/\+xml$/i, '');
  return imageTypes.some((type) => type === typeNamed(normalize(value))) ? value : null;
}

/** Reads `(png OR jpg)` and `'Brand team'` as one value, a mistake: else their words would be searched for in names. */
function readWholeWord(text: string, start: number): ScannedValue {
  const opening = text[start] ?? '';
  const closing = /^['‘’]/.test(opening) ? text.slice(start + 1).search(/['’]/) : -1;
  if (opening !== '(' && closing < 0) return readListed(text, start);
  const end = opening === '(' ? endOfGroup(text, start) : start + closing + 2;
  return { text: text.slice(start, end), isQuoted: false, start, end };
}

function numberReader(field: NumberField): FieldReader {
  const isPixels = field === 'width' || field === 'height';
  const reader = {
    field,
    expected: expectedNumbers[field],
    read: isPixels ? parsePixelTest : parseNumberTest,
    suggest: isPixels ? suggestPixels : () => [],
    readItem: (text: string, start: number, isFirst: boolean) =>
      readLoose(isFirst ? numberExtent.first : numberExtent.later, true, text, start),
  };
  return listReader(reader, (tests) => ({ kind: 'number', field, tests }));
}

function yesOrNo(text: string): boolean | null {
  if (/^(yes|true)$/i.test(text)) return true;
  return /^(no|false)$/i.test(text) ? false : null;
}

/** Alone, what has a newest or a largest falls, the rest rises; `-size` falls, too. */
function parseSort(text: string): Sort | null {
  const parts = /^([+-]?)([a-z]+)(?:[-,;:_\s]+(asc|desc)(?:ending)?)?$/i.exec(text.trim());
  const key = choiceOf(sortKeys)(parts?.[2] ?? '');
  if (key === null) return null;
  const falls = key === 'size' || key === 'id' || key === 'seen';
  const direction = parts?.[3]?.toLowerCase() ?? { '+': 'asc', '-': 'desc', '': undefined }[parts?.[1] ?? ''];
  return { key, descending: direction === undefined ? falls : direction === 'desc' };
}

function choiceOf<const Choice extends string>(choices: readonly Choice[]): (text: string) => Choice | null {
  return (text) => choices.find((choice) => choice === text.trim().toLowerCase()) ?? null;
}
