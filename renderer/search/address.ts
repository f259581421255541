import type { Sort } from '../../main/domain/query/query-tree.ts';
import { parseQuery } from '../../main/domain/query/parse/parse-query.ts';
import { printSort } from '../../main/domain/query/print-query.ts';

/** What is searched for: the text as it was typed, the scope that it is searched in, and the order chosen from the menu. */
export type Searched = { readonly text: string; readonly scope: string; readonly order: Sort | null };

/** The part of the page's address that stands for a search, behind `#`, so that no server sees it; '' for everything. */
export function writeAddress({ text, scope, order }: Searched): string {
  const parts = new URLSearchParams();
  if (text !== '') parts.set('q', text);
  if (scope !== '') parts.set('in', scope);
  if (order !== null) parts.set('sort', printSort(order).slice('sort:'.length));
  const written = parts.toString();
  return written === '' ? '' : `#${written}`;
}

/** Reads it back; undefined where the address names no search. */
export function readAddress(hash: string): Searched | undefined {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [text, scope, sort] = [parts.get('q'), parts.get('in'), parts.get('sort')];
  const order = sort === null || /\s/.test(sort) ? null : parseQuery(`sort:${sort}`).sort;
  const isNone = text === null && scope === null && order === null;
  return isNone ? undefined : { text: text ?? '', scope: scope ?? '', order };
}
