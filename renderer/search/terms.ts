import { findNormalized, normalize, type TextRange } from '../../main/domain/text/normalize.ts';
import type { QueryNode } from '../../main/domain/query/query-tree.ts';

export type TextPiece = { readonly text: string; readonly isMatch: boolean };

/** More of a name than this is never in sight. */
const longestSearched = 300;

/** The words that a query looks for in names; what it excludes is not among them. */
export function termsOf(tree: QueryNode): readonly string[] {
  if (tree.kind === 'and' || tree.kind === 'or') return tree.children.flatMap(termsOf);
  if (tree.kind === 'wildcard')
    return normalize(tree.pattern)
      .split('*')
      .filter((part) => part !== '');
  return tree.kind === 'text' ? [tree.text] : [];
}

/** The text in pieces, those that match a term apart from the rest. */
export function cutOut(text: string, terms: readonly string[]): readonly TextPiece[] {
  if (terms.length === 0) return [{ text, isMatch: false }];
  const searched = text.slice(0, longestSearched);
  const ranges = merge(terms.flatMap((term) => findNormalized(searched, term)));
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start > at) pieces.push({ text: text.slice(at, start), isMatch: false });
    pieces.push({ text: text.slice(start, end), isMatch: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMatch: false });
  return pieces;
}

function merge(ranges: readonly TextRange[]): readonly TextRange[] {
  const merged: TextRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else merged.push(range);
  }
  return merged;
}
