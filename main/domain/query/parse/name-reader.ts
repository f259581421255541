import { normalize } from '../../text/normalize.ts';
import type { FieldReading, FieldSource } from './field-reading.ts';
import { singleReader, wrong } from './field-reading.ts';
import { imageUrlNode } from './image-url.ts';
import type { MistakeCode } from '../mistake.ts';
import { valueMistake } from '../mistake.ts';
import type { PatternProblem } from '../pattern/pattern.ts';
import { compilePattern } from '../pattern/pattern.ts';
import type { QueryNode } from '../query-tree.ts';
import { endOfGroup, endOfWord, readPattern, startOfValue } from './words.ts';

const expectedPattern = 'a regular expression such as /^q\\d+/';

const patternProblems: Readonly<Record<PatternProblem, readonly [MistakeCode, string]>> = {
  invalid: ['bad-pattern', expectedPattern],
  'too-long': ['costly-pattern', 'a regular expression of at most 500 characters'],
  'too-costly': ['costly-pattern', 'a regular expression with fewer repetitions'],
};

const expectedName = 'a part of a name, *logo* or a regular expression such as /^q\\d+/';

const readNameText = singleReader({ field: 'name', expected: expectedName, read: parseNameText }, (node) => ({
  node,
  sort: null,
}));

export function readName(source: FieldSource): FieldReading {
  const valueStart = startOfValue(source.text, source.valueStart);
  const found = { ...source, valueStart };
  if (source.text[valueStart] === '/') return readNamePattern(found);
  return isGroup(source.text, valueStart) ? groupMistake(found) : readNameText(found);
}

/** `(logo OR banner)`, but not `(1)`. */
function isGroup(text: string, start: number): boolean {
  return text[start] === '(' && endOfWord(text, start) < endOfGroup(text, start);
}

function groupMistake({ text, start, valueStart }: FieldSource): FieldReading {
  const end = endOfGroup(text, valueStart);
  const got = text.slice(valueStart, end);
  return wrong(end, valueMistake({ start, end }, { field: 'name', expected: expectedName, got, suggestions: [got] }));
}

/** With `*` the whole name, else a part of it, or the image at an address. Null where nothing is left to compare. */
export function parseNameText(text: string): QueryNode | null {
  if (normalize(text) === '') return null;
  if (/^\*+$/.test(text)) return { kind: 'all' };
  const atAddress = imageUrlNode(text);
  if (atAddress !== null) return atAddress;
  return text.includes('*') ? { kind: 'wildcard', pattern: text } : { kind: 'text', text };
}

function readNamePattern({ text, start, valueStart, typed }: FieldSource): FieldReading {
  const { sourceEnd, flags, end } = readPattern(text, valueStart);
  // As it was typed, since it is compared with names as they are.
  const source = typed(valueStart + 1, sourceEnd);
  const problem = findProblem(source, flags);
  if (!problem) return { end, node: { kind: 'pattern', source }, sort: null, mistakes: [] };
  const [code, expected] = patternProblems[problem];
  const got = typed(valueStart, end);
  return wrong(end, valueMistake({ start, end }, { field: 'name', expected, got, code }));
}

function findProblem(source: string, flags: string): PatternProblem | null {
  if (source === '' || !/^i?$/i.test(flags)) return 'invalid';
  const compiled = compilePattern(source);
  return typeof compiled === 'function' ? null : compiled.problem;
}
