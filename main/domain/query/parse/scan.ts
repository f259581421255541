import { normalize } from '../../text/normalize.ts';
import { fieldNames, fieldReader, isCompared } from './fields.ts';
import type { FieldReading } from './field-reading.ts';
import { wrong } from './field-reading.ts';
import { imageUrlNode, readImageUrl, withDecodedName } from './image-url.ts';
import type { TextRange, QueryMistake } from '../mistake.ts';
import { clip, didYouMean, mistakeAt, withSentence } from '../mistake.ts';
import { parseNameText } from './name-reader.ts';
import { plainQuery } from '../query-text.ts';
import type { QueryNode, Sort } from '../query-tree.ts';
import { suggestField } from '../suggestions.ts';
import { endOfWord, isQuote, isSpace, quote, readQuoted } from './words.ts';

export type Token = TextRange &
  (
    | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' }
    | { readonly kind: 'sort'; readonly sort: Sort }
    /** `node` is null where nothing of it is to be searched for. */
    | { readonly kind: 'term'; readonly node: QueryNode | null }
  );

type Scan = { readonly tokens: readonly Token[]; readonly mistakes: QueryMistake[] };

/** Cuts a query into its parts in one pass; what no part can be made of is among the mistakes. */
export function scanQuery(typed: string): Scan {
  const { text, offsetOf } = plainQuery(typed);
  const scan = scanText(text, (start, end) => typed.slice(offsetOf(start), offsetOf(end)));
  if (text === typed) return scan;
  const place = <Part extends TextRange>(part: Part): Part => {
    return { ...part, start: offsetOf(part.start), end: offsetOf(part.end) };
  };
  return { tokens: scan.tokens.map(place), mistakes: scan.mistakes.map(place) };
}

type Typed = (start: number, end: number) => string;

function scanText(text: string, typed: Typed): Scan {
  const tokens: Token[] = [];
  const mistakes: QueryMistake[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
    } else if (text[at] === '-') {
      const end = endOfDashes(text, at);
      if (!isLone(text, end))
        for (let start = at; start < end; start++) tokens.push({ kind: 'not', start, end: start + 1 });
      at = end;
    } else {
      const scanned = readToken(text, at, typed);
      if (scanned.token) tokens.push(scanned.token);
      for (const mistake of scanned.mistakes) mistakes.push(mistake);
      at = scanned.end;
    }
  }
  return { tokens, mistakes };
}

function endOfDashes(text: string, from: number): number {
  let at = from;
  while (text[at] === '-') at++;
  return at;
}

/** Dashes with nothing right behind them are punctuation, as in `Brand - Logo`. */
function isLone(text: string, end: number): boolean {
  return end === text.length || text[end] === ')' || isSpace(text[end]);
}

type Scanned = { readonly token: Token | null; readonly end: number; readonly mistakes: readonly QueryMistake[] };

const operator = /(OR|\|\|)|(AND|&&)|NOT/y;

function readToken(text: string, start: number, typed: Typed): Scanned {
  const character = text[start];
  const sign = character === '(' ? 'open' : character === ')' ? 'close' : null;
  if (sign) return { token: { kind: sign, start, end: start + 1 }, end: start + 1, mistakes: [] };
  if (isQuote(character)) return readPhrase(text, start);
  const url = readImageUrl(text, start);
  if (url !== null) return { token: { kind: 'term', start, end: url.end, node: url.node }, end: url.end, mistakes: [] };
  operator.lastIndex = start;
  const found = operator.exec(text);
  if (found && endsOperator(text[operator.lastIndex])) {
    const kind = found[1] !== undefined ? 'or' : found[2] !== undefined ? 'and' : 'not';
    return { token: { kind, start, end: operator.lastIndex }, end: operator.lastIndex, mistakes: [] };
  }
  const foreign = readForeignForm(text, start);
  if (foreign !== null) return foreign;
  const field = fieldAt(text, start, typed);
  if (field !== null) return readField(text, start, field, typed);
  const end = endOfWord(text, start);
  const node = withDecodedName(parseNameText(text.slice(start, end)));
  return { token: { kind: 'term', start, end, node }, end, mistakes: [] };
}

function endsOperator(next: string | undefined): boolean {
  return next === undefined || next === '(' || next === ')' || isSpace(next);
}

/** The very text, without wildcards. */
function readPhrase(text: string, start: number): Scanned {
  const { text: phrase, end } = readQuoted(text, start);
  const node: QueryNode | null =
    normalize(phrase) === '' ? null : (imageUrlNode(phrase) ?? { kind: 'text', text: phrase });
  return { token: { kind: 'term', start, end, node }, end, mistakes: [] };
}

type Field = { readonly name: string; readonly valueStart: number };

const fieldStart = /(\p{L}[\p{L}\p{M}\p{N}_-]*)(\s*)([:=<>≥≤≧≦])/uy;

/** How other languages exclude or require what a field finds, and a regular expression without its field. */
const foreignForm = /([!+])(\p{L}+)[:=]|(\p{L}+)\s?(?:!=|≠|<>)\s?|\/(?=(?:[^\s/\\]|\\\S)+\/i?(?:[\s)]|$))/uy;

/** What looks like a part of the language and is none, as it would else be searched for in names; null for anything else. */
function readForeignForm(text: string, start: number): Scanned | null {
  foreignForm.lastIndex = start;
  const found = foreignForm.exec(text);
  const name = found?.[2] ?? found?.[3] ?? 'name';
  if (found === null || fieldReader(name) === undefined) return null;
  const valueStart = found[0] === '/' ? start : foreignForm.lastIndex;
  const end = isQuote(text[valueStart]) ? readQuoted(text, valueStart).end : endOfWord(text, valueStart);
  const sign = found[1] === '+' || found[0] === '/' ? '' : '-';
  const meant = `${sign}${name}:${text.slice(valueStart, end)}`;
  const message = `"${clip(text.slice(start, end))}" isn't part of the query language${didYouMean([meant])}`;
  const mistake = mistakeAt({ start, end }, 'bad-value', meant, message);
  return { token: { kind: 'term', start, end, node: null }, end, mistakes: [mistake] };
}

/**
 * A word with a colon behind it; digits, as in `12:30`, begin no field. Also a known field with a blank before its colon,
 * with `=`, or with a comparison in place of the colon. Names in other scripts have full-width colons of their own.
 */
function fieldAt(text: string, start: number, typed: Typed): Field | null {
  fieldStart.lastIndex = start;
  const [whole = '', name = '', blanks = '', sign = ''] = fieldStart.exec(text) ?? [];
  if (whole === '') return null;
  const end = start + whole.length;
  const isKnown = fieldReader(name) !== undefined;
  if (sign === ':') {
    const isOwnText = /[^\0-\x7f]/.test(name) && typed(end - 1, end) !== ':';
    return isKnown || (blanks === '' && !isOwnText) ? { name, valueStart: end } : null;
  }
  if (isCompared(name)) return { name, valueStart: end - 1 };
  return isKnown && sign === '=' ? { name, valueStart: end } : null;
}

function readField(text: string, start: number, { name, valueStart }: Field, typed: Typed): Scanned {
  const { node, sort, end, mistakes } =
    fieldReader(name)?.({ text, start, valueStart, typed }) ?? unknownField(text, start, { name, valueStart });
  return { token: sort ? { kind: 'sort', start, end, sort } : { kind: 'term', start, end, node }, end, mistakes };
}

function unknownField(text: string, start: number, { name, valueStart }: Field): FieldReading {
  const end = isQuote(text[valueStart]) ? readQuoted(text, valueStart).end : endOfWord(text, start);
  const meant = suggestField(name, fieldNames);
  const suggested = meant === undefined ? [] : [`${meant}:${text.slice(valueStart, end)}`];
  const message = `There is no field "${clip(name)}"${didYouMean(suggested)}`;
  const sentence =
    meant === undefined
      ? `Use one of ${fieldNames.join(', ')}, or search for ${quote(clip(text.slice(start, end)))} in quotes`
      : `To search for the text itself, put it in quotes`;
  return wrong(
    end,
    mistakeAt({ start, end }, 'unknown-field', `one of ${fieldNames.join(', ')}`, withSentence(message, sentence)),
  );
}
