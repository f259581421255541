import { fold } from '../fold.ts';
import { fieldNames, fieldReader } from './fields.ts';
import type { FieldReading } from './field-reading.ts';
import { wrong } from './field-reading.ts';
import { readImageUrl, withDecodedName } from './image-url.ts';
import type { QueryMistake } from './mistake.ts';
import { clip, mistakeAt } from './mistake.ts';
import { parseNameText } from './name-reader.ts';
import type { QueryNode, Sort } from './query-tree.ts';
import { endOfWord, isQuote, isSpace, quote, readQuoted } from './words.ts';

type Span = { readonly start: number; readonly end: number };

export type Token = Span &
  (
    | { readonly kind: 'open' | 'close' | 'or' | 'not' }
    | { readonly kind: 'sort'; readonly sort: Sort }
    /** `node` is null where nothing of it is to be searched for. */
    | { readonly kind: 'term'; readonly node: QueryNode | null }
  );

/** Cuts a query into its parts in one pass; what no part can be made of is among the mistakes. */
export function scanQuery(text: string): { readonly tokens: readonly Token[]; readonly mistakes: QueryMistake[] } {
  const tokens: Token[] = [];
  const mistakes: QueryMistake[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
    } else if (isLoneMinus(text, at)) {
      mistakes.push(loneMinus({ start: at, end: at + 1 }));
      at++;
    } else {
      const scanned = readToken(text, at);
      if (scanned.token) tokens.push(scanned.token);
      for (const mistake of scanned.mistakes) mistakes.push(mistake);
      at = scanned.end;
    }
  }
  return { tokens, mistakes };
}

type Scanned = { readonly token: Token | null; readonly end: number; readonly mistakes: readonly QueryMistake[] };

function readToken(text: string, start: number): Scanned {
  const character = text[start];
  const sign = character === '(' ? 'open' : character === ')' ? 'close' : character === '-' ? 'not' : null;
  if (sign) return { token: { kind: sign, start, end: start + 1 }, end: start + 1, mistakes: [] };
  if (isQuote(character)) return readPhrase(text, start);
  const url = readImageUrl(text, start);
  if (url !== null) return { token: { kind: 'term', start, end: url.end, node: url.node }, end: url.end, mistakes: [] };
  const name = fieldStart(text, start);
  if (name !== null) return readField(text, start, name);
  const end = endOfWord(text, start);
  const word = text.slice(start, end);
  if (word === 'OR') return { token: { kind: 'or', start, end }, end, mistakes: [] };
  return { token: { kind: 'term', start, end, node: withDecodedName(parseNameText(word)) }, end, mistakes: [] };
}

/** The very text, without wildcards. */
function readPhrase(text: string, start: number): Scanned {
  const { text: phrase, end } = readQuoted(text, start);
  const node: QueryNode | null = fold(phrase) === '' ? null : { kind: 'text', text: phrase };
  return { token: { kind: 'term', start, end, node }, end, mistakes: [] };
}

const fieldName = /[\p{L}][\p{L}\p{M}\p{N}_-]*(?=:)/uy;

/** A word with a colon behind it; digits, as in `12:30`, begin no field. */
function fieldStart(text: string, start: number): string | null {
  fieldName.lastIndex = start;
  return fieldName.exec(text)?.[0] ?? null;
}

function readField(text: string, start: number, name: string): Scanned {
  const valueStart = start + name.length + 1;
  const { node, sort, end, mistakes } =
    fieldReader(name)?.({ text, start, valueStart }) ?? unknownField(text, start, name);
  return { token: sort ? { kind: 'sort', start, end, sort } : { kind: 'term', start, end, node }, end, mistakes };
}

function unknownField(text: string, start: number, name: string): FieldReading {
  const valueStart = start + name.length + 1;
  const end = isQuote(text[valueStart]) ? readQuoted(text, valueStart).end : endOfWord(text, start);
  const expected = `one of ${fieldNames.join(', ')}`;
  const message = `${clip(name)}: is no field; wants ${expected}, or quotes to search for ${quote(clip(text.slice(start, end)))}`;
  return wrong(end, mistakeAt({ start, end }, 'unknown-field', expected, message));
}

function isLoneMinus(text: string, at: number): boolean {
  const next = text[at + 1];
  return text[at] === '-' && (next === undefined || next === ')' || isSpace(next));
}

export function loneMinus(place: Span): QueryMistake {
  const expected = 'a word right behind it, such as -draft';
  return mistakeAt(place, 'lone-minus', expected, `- wants ${expected}, or quotes to search for "-"`);
}
