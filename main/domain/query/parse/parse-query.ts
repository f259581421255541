import type { QueryMistake } from '../mistake.ts';
import { mistakeAt } from '../mistake.ts';
import type { QueryNode, Sort } from '../query-tree.ts';
import { allOf, anyOf, negate, newestFirst } from '../query-tree.ts';
import type { Token } from './scan.ts';
import { scanQuery } from './scan.ts';

export type ParsedQuery = {
  readonly tree: QueryNode;
  /** The last one named; null for the newest first. */
  readonly sort: Sort | null;
  /** By position. Whatever they cover is left out of `tree`; the rest is as if it had been typed alone. */
  readonly mistakes: readonly QueryMistake[];
};

/** UTF-16 units: room for some ten thousand ids. */
export const longestQuery = 100_000;
export const deepestNesting = 100;

/** Never throws, in time linear in the text. A quote or parenthesis left open closes at the end. */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > longestQuery) return { tree: { kind: 'all' }, sort: null, mistakes: [tooLong(text)] };
  const { tokens, mistakes } = scanQuery(text);
  const reader: Reader = { tokens, at: 0, sort: null, mistakes };
  const tree = readGroup(reader, 0) ?? { kind: 'all' };
  return { tree, sort: reader.sort, mistakes: mistakes.toSorted((a, b) => a.start - b.start || a.end - b.end) };
}

/** The order that the query asks for. */
export function sortOf(query: ParsedQuery): Sort {
  return query.sort ?? newestFirst;
}

/** Where reading stands; `at` is the next token. */
type Reader = { readonly tokens: readonly Token[]; at: number; sort: Sort | null; readonly mistakes: QueryMistake[] };

/** Runs joined by OR, up to a `)` or the end; null where nothing is to be searched for. */
function readGroup(reader: Reader, depth: number): QueryNode | null {
  const alternatives: QueryNode[] = [];
  let hasLeftSide = false;
  let joint: Token | null = null;
  for (;;) {
    const run = readRun(reader, depth);
    if (run.node) alternatives.push(run.node);
    if (joint && !run.hasTerms) reader.mistakes.push(loneOr(joint));
    hasLeftSide ||= run.hasTerms;
    const next = reader.tokens[reader.at];
    if (next?.kind !== 'or') return alternatives.length === 0 ? null : anyOf(alternatives);
    if (!hasLeftSide) reader.mistakes.push(loneOr(next));
    joint = hasLeftSide ? next : null;
    reader.at++;
  }
}

/** Terms side by side. `hasTerms` counts those with mistakes, so that an OR beside them has none of its own. */
function readRun(reader: Reader, depth: number): { readonly node: QueryNode | null; readonly hasTerms: boolean } {
  const nodes: QueryNode[] = [];
  let hasTerms = false;
  /** An AND whose right side has not come yet. */
  let joint: Token | null = null;
  for (let token = reader.tokens[reader.at]; token && token.kind !== 'or'; token = reader.tokens[reader.at]) {
    if (token.kind === 'close' && depth > 0) break;
    reader.at++;
    if (token.kind === 'close') {
      reader.mistakes.push(loneClose(token));
    } else if (token.kind === 'sort') {
      reader.sort = token.sort;
    } else if (token.kind === 'and') {
      if (joint !== null || !hasTerms) reader.mistakes.push(loneAnd(token));
      else joint = token;
    } else {
      const node = token.kind === 'not' ? readNegated(reader, token, depth) : readOperand(reader, token, depth);
      if (node) nodes.push(node);
      hasTerms = true;
      joint = null;
    }
  }
  if (joint) reader.mistakes.push(loneAnd(joint));
  return { node: nodes.length === 0 ? null : allOf(nodes), hasTerms };
}

/** Two minuses, or NOTs, cancel out. */
function readNegated(reader: Reader, sign: Token, depth: number): QueryNode | null {
  let isNegated = true;
  for (; reader.tokens[reader.at]?.kind === 'not'; reader.at++) isNegated = !isNegated;
  const token = reader.tokens[reader.at];
  if (!token || token.kind === 'or' || token.kind === 'and' || token.kind === 'close') {
    reader.mistakes.push(loneNot(sign));
    return null;
  }
  reader.at++;
  if (token.kind === 'sort') {
    reader.mistakes.push(negatedSort(sign, token));
    return null;
  }
  const node = readOperand(reader, token, depth);
  return node && isNegated ? negate(node) : node;
}

function readOperand(reader: Reader, token: Token, depth: number): QueryNode | null {
  if (token.kind === 'term') return token.node;
  if (token.kind !== 'open') return null;
  if (depth >= deepestNesting) return skipGroup(reader, token);
  const node = readGroup(reader, depth + 1);
  if (reader.tokens[reader.at]?.kind === 'close') reader.at++;
  return node;
}

function skipGroup(reader: Reader, open: Token): null {
  let end = open.end;
  for (let depth = 1; depth > 0 && reader.at < reader.tokens.length; reader.at++) {
    const token = reader.tokens[reader.at];
    if (token?.kind === 'open') depth++;
    if (token?.kind === 'close') depth--;
    end = token?.end ?? end;
  }
  const expected = `at most ${deepestNesting} parentheses inside each other`;
  reader.mistakes.push(mistakeAt({ start: open.start, end }, 'too-deep', expected, `A query can have ${expected}`));
  return null;
}

function loneOr(place: Token): QueryMistake {
  const expected = 'a word on both sides, such as logo OR banner';
  return mistakeAt(place, 'lone-or', expected, `OR expects ${expected}; to search for it, write "OR" in quotes`);
}

function loneAnd(place: Token): QueryMistake {
  const expected = 'a word on both sides, such as logo AND banner';
  return mistakeAt(place, 'lone-and', expected, `AND expects ${expected}; to search for it, write "AND" in quotes`);
}

/** The mistake of a `-` or a NOT that nothing follows. */
function loneNot({ start, end }: Token): QueryMistake {
  const expected = end - start === 1 ? 'a word right after it, such as -draft' : 'a word after it, such as NOT draft';
  const sign = end - start === 1 ? '-' : 'NOT';
  return mistakeAt({ start, end }, 'lone-minus', expected, `${sign} expects ${expected}`);
}

function loneClose(place: Token): QueryMistake {
  const message = 'This ) has no ( before it; to search for it, write ")" in quotes';
  return mistakeAt(place, 'lone-parenthesis', 'a ( before it', message);
}

function negatedSort(sign: Token, sort: Token): QueryMistake {
  const expected = 'no - before it';
  const message = 'sort: expects no - before it; to reverse the order, end it with -asc or -desc';
  return mistakeAt({ start: sign.start, end: sort.end }, 'negated-sort', expected, message);
}

function tooLong(text: string): QueryMistake {
  const expected = `at most ${longestQuery} characters`;
  const message = `A query can have ${expected}, and this one has ${text.length}`;
  return mistakeAt({ start: 0, end: text.length }, 'too-long', expected, message);
}
