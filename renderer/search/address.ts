import type { Sort } from '../../main/domain/query/query-tree.ts';
import { parseQuery } from '../../main/domain/query/parse-query.ts';
import { printSort } from '../../main/domain/query/print-query.ts';

/** What is searched for: the text as it was typed, and the order chosen from the menu. */
export type Searched = { readonly text: string; readonly order: Sort | null };

/** The part of the page's address that stands for a search, behind `#`, so that no server sees it; '' for everything. */
export function writeAddress({ text, order }: Searched): string {
  const parts = new URLSearchParams();
  if (text !== '') parts.set('q', text);
  if (order !== null) parts.set('sort', printSort(order).slice('sort:'.length));
  const written = parts.toString();
  return written === '' ? '' : `#${written}`;
}

/** Reads it back; undefined where the address names no search. */
export function readAddress(hash: string): Searched | undefined {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [text, sort] = [parts.get('q'), parts.get('sort')];
  const order = sort === null || /\s/.test(sort) ? null : parseQuery(`sort:${sort}`).sort;
  return text === null && order === null ? undefined : { text: text ?? '', order };
}
