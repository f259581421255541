import { parseQuery } from '../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../main/domain/query/print-query.ts';
import { allOf } from '../../main/domain/query/query-tree.ts';

/** The query for what the typed text finds within a scope; a scope is a query too, '' for all images. */
export function inScope(scope: string, text: string): string {
  if (scope === '') return text;
  const { tree, sort } = parseQuery(text);
  return printQuery({ tree: allOf([parseQuery(scope).tree, tree]), sort });
}
