import { compilePredicate } from '../domain/query/compile-predicate.ts';
import { orderImages } from '../domain/query/order.ts';
import { sortOf, type ParsedQuery } from '../domain/query/parse-query.ts';
import type { CatalogueImage } from '../domain/image.ts';

export type SearchSource = {
  /** Every image, gone ones too. */
  readonly all: () => Iterable<CatalogueImage>;
  readonly now: () => number;
};

/** The images that a query gives, in its order: the plain evaluation, in one walk over the catalogue. */
export function searchPlainly(query: ParsedQuery, { all, now }: SearchSource): CatalogueImage[] {
  const matches = compilePredicate(query.tree, { now: now() });
  const found: CatalogueImage[] = [];
  for (const image of all()) if (matches(image)) found.push(image);
  return orderImages(found, sortOf(query));
}
