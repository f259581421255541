export type TextPiece = { readonly text: string; readonly kind: 'plain' | 'field' | 'mistake' };
type Range = { readonly start: number; readonly end: number };

/** A text in pieces, for an input that is coloured: fields, mistakes, and the rest. A mistake comes before a field. */
export function cutPieces(text: string, fields: readonly Range[], mistakes: readonly Range[]): readonly TextPiece[] {
  const kinds = Array.from<TextPiece['kind']>({ length: text.length }).fill('plain');
  for (const { start, end } of fields) kinds.fill('field', start, end);
  // One of no length is marked all the same.
  for (const { start, end } of mistakes) kinds.fill('mistake', start, Math.max(end, start + 1));
  const pieces: TextPiece[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at++) {
    if (kinds[at] === kinds[from]) continue;
    pieces.push({ text: text.slice(from, at), kind: kinds[from] ?? 'plain' });
    from = at;
  }
  return pieces;
}
