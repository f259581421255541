import type { QueryMistake } from '../../main/domain/query/mistake.ts';
import { scanQuery } from '../../main/domain/query/scan.ts';

export type QueryPiece = { readonly text: string; readonly kind: 'plain' | 'field' | 'mistake' };

/** The query's text in pieces that stand for what was understood: fields, mistakes, and the rest. */
export function colourQuery(text: string, mistakes: readonly QueryMistake[]): readonly QueryPiece[] {
  const fields = scanQuery(text).tokens.filter(({ kind, start, end }) => {
    return kind === 'sort' || (kind === 'term' && /^\p{L}[\p{L}\p{M}\p{N}_-]*:/u.test(text.slice(start, end)));
  });
  const marks = [
    ...mistakes.map(({ start, end }) => ({ start, end, kind: 'mistake' as const })),
    ...fields.map(({ start, end }) => ({ start, end, kind: 'field' as const })),
  ].toSorted((one, other) => one.start - other.start);
  const pieces: QueryPiece[] = [];
  let at = 0;
  for (const { start, end, kind } of marks) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), kind: 'plain' });
    pieces.push({ text: text.slice(start, end), kind });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), kind: 'plain' });
  return pieces;
}
