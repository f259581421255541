import type { Selection } from '../../main/domain/selection.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { withOrder, withoutOrder } from '../search/order-text.ts';

export type OrderTarget = { readonly query: string; readonly selection: Selection | null };

/**
 * What is downloaded, and in which order. A selection that is one whole result is said as its query, which the history
 * can show; of any other the query is the order alone.
 */
export function orderTarget(selection: Selection, sort: Sort): OrderTarget {
  const [step, ...others] = selection;
  if (step?.how === 'add' && step.what.kind === 'result' && others.length === 0) {
    return { query: withOrder(withoutOrder(step.what.query), sort), selection: null };
  }
  return { query: withOrder('', sort), selection };
}
