import type { SelectionHandle } from '../../../main/domain/image/selection.ts';
import type { Sort } from '../../../main/domain/query/query-tree.ts';
import { withOrder, withoutOrder } from '../../search/order-text.ts';

export type OrderTarget = { readonly query: string; readonly selection: SelectionHandle | null };

/**
 * The images to download: exactly those that are selected. The query gives their order; if a whole result was selected,
 * it also says of what query, for the history.
 */
export function orderTarget(
  chosen: { selection: SelectionHandle | null; whole: string | null },
  sort: Sort,
): OrderTarget {
  const { selection, whole } = chosen;
  return { query: withOrder(whole === null ? '' : withoutOrder(whole) || '*', sort), selection };
}
