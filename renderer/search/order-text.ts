import { scanQuery } from '../../main/domain/query/parse/scan.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { printSort } from '../../main/domain/query/print-query.ts';

/** The query's text under an order chosen from the menu: one that the text itself names still wins, as it comes last. */
export function withOrder(text: string, sort: Sort | null): string {
  if (sort === null) return text;
  return text.trim() === '' ? printSort(sort) : `${printSort(sort)} ${text}`;
}

/** The text without the orders that it names; blanks within its other parts stay, as they may be within quotes. */
export function withoutOrder(text: string): string {
  const { tokens } = scanQuery(text);
  let rest = text;
  for (const [index, { kind, end }] of [...tokens.entries()].toReversed()) {
    if (kind !== 'sort') continue;
    // A NOT that it has before it would else be that of the next part.
    const start = tokens.slice(0, index + 1).findLast((_, at) => tokens[at - 1]?.kind !== 'not')?.start ?? 0;
    const before = rest.slice(0, start).trimEnd();
    const after = rest.slice(end).trimStart();
    rest = before === '' || after === '' ? before + after : `${before} ${after}`;
  }
  return rest;
}
