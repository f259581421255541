import type { QueryTotals } from '../../main/contract/commands/catalogue.ts';
import { parseQuery, sortOf } from '../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../main/domain/query/print-query.ts';
import type { RowPages } from '../lists/row-pages.svelte.ts';

/** One result as it was found; its order stays, whatever becomes of the catalogue. */
export type ShownResult = DescribedQuery & {
  /** null for a first screen that the index has not answered yet. */
  readonly handle: number | null;
  /** What was asked, as it was typed under the order of the menu. */
  readonly asked: string;
  readonly count: number;
  /** null while they are not added up yet. */
  readonly totals: QueryTotals | null;
  readonly rows: RowPages;
};

/** A result that the core holds. */
export type ResultInView = ShownResult & { readonly handle: number };

export function toResultInView(result: ShownResult | undefined): ResultInView | undefined {
  return result === undefined || result.handle === null ? undefined : { ...result, handle: result.handle };
}

export type DescribedQuery = {
  /** What finds it, in its order; mistakes are gone from it. */
  readonly query: string;
  /** The same without the order. */
  readonly filter: string;
};

export function describeQuery(asked: string): DescribedQuery {
  const parsed = parseQuery(asked);
  const { tree } = parsed;
  return { query: printQuery({ tree, sort: sortOf(parsed) }), filter: printQuery({ tree, sort: null }) };
}
