import { fold } from '../fold.ts';
import type { FieldReading, FieldSource } from './field-reading.ts';
import { singleReader, wrong } from './field-reading.ts';
import type { MistakeCode } from './mistake.ts';
import { valueMistake } from './mistake.ts';
import type { PatternProblem } from './pattern.ts';
import { compilePattern } from './pattern.ts';
import type { QueryNode } from './query-tree.ts';
import { readPattern } from './words.ts';

const expectedPattern = 'a regular expression such as /^q\\d+/';

const patternProblems: Readonly<Record<PatternProblem, readonly [MistakeCode, string]>> = {
  invalid: ['bad-pattern', expectedPattern],
  'too-long': ['costly-pattern', 'a regular expression of at most 500 characters'],
  'too-costly': ['costly-pattern', 'a regular expression with fewer repetitions'],
};

const readNameText = singleReader(
  { field: 'name', expected: 'a part of a name, *logo* or a regular expression such as /^q\\d+/', read: parseNameText },
  (node) => ({ node, sort: null }),
);

export function readName(source: FieldSource): FieldReading {
  return source.text[source.valueStart] === '/' ? readNamePattern(source) : readNameText(source);
}

/** With `*` the whole name, else a part of it. Null where nothing is left to compare. */
export function parseNameText(text: string): QueryNode | null {
  if (fold(text) === '') return null;
  if (/^\*+$/.test(text)) return { kind: 'all' };
  return text.includes('*') ? { kind: 'wildcard', pattern: text } : { kind: 'text', text };
}

function readNamePattern({ text, start, valueStart }: FieldSource): FieldReading {
  const { source, flags, end } = readPattern(text, valueStart);
  const problem = findProblem(source, flags);
  if (!problem) return { end, node: { kind: 'pattern', source }, sort: null, mistakes: [] };
  const [code, expected] = patternProblems[problem];
  return wrong(end, valueMistake({ start, end }, 'name', expected, text.slice(valueStart, end), code));
}

function findProblem(source: string, flags: string): PatternProblem | null {
  if (source === '' || !/^i?$/i.test(flags)) return 'invalid';
  const compiled = compilePattern(source);
  return typeof compiled === 'function' ? null : compiled.problem;
}
