import type { CatalogueImage } from '../image/image.ts';
import type { QueryContext } from './compile-predicate.ts';
import { compilePredicate } from './compile-predicate.ts';
import { orderImages } from './order.ts';
import type { ParsedQuery } from './parse/parse-query.ts';
import { sortOf } from './parse/parse-query.ts';

/** The images that a query gives, in its order: a plain filter and sort, and the meaning that an index must keep. */
export function evaluateQuery(
  query: ParsedQuery,
  images: readonly CatalogueImage[],
  context: QueryContext,
): CatalogueImage[] {
  const matches = compilePredicate(query.tree, context);
  return orderImages(
    images.filter((image) => matches(image)),
    sortOf(query),
  );
}
