import { scanQuery } from '../../main/domain/query/scan.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { printSort } from '../../main/domain/query/print-query.ts';

/** The query's text under an order chosen from the menu: one that the text itself names still wins, as it comes last. */
export function withOrder(text: string, sort: Sort | null): string {
  return sort === null ? text : `${printSort(sort)} ${text}`.trimEnd();
}

/** The text without the orders that it names. */
export function withoutOrder(text: string): string {
  const orders = scanQuery(text).tokens.filter(({ kind }) => kind === 'sort');
  let rest = text;
  for (const { start, end } of orders.toReversed()) rest = `${rest.slice(0, start)}${rest.slice(end)}`;
  return orders.length === 0 ? text : rest.replace(/ {2,}/g, ' ').trim();
}
