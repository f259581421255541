import type { QueryMistake } from '../../main/domain/query/mistake.ts';
import { scanQuery } from '../../main/domain/query/parse/scan.ts';
import { cutPieces, type TextPiece } from '../components/text-pieces.ts';

/** The query's text in pieces that stand for what was understood: fields, mistakes, and the rest. */
export function colourQuery(text: string, mistakes: readonly QueryMistake[]): readonly TextPiece[] {
  const fields = scanQuery(text).tokens.filter(({ kind, start, end }) => {
    return kind === 'sort' || (kind === 'term' && /^\p{L}[\p{L}\p{M}\p{N}_-]*:/u.test(text.slice(start, end)));
  });
  return cutPieces(text, fields, mistakes);
}
