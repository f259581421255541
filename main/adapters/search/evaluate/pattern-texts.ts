import { normalize } from '../../../domain/text/normalize.ts';
import { parsePattern, type Piece } from '../../../domain/query/pattern/pattern-syntax.ts';

/**
 * Texts that every name holds, folded, in which the expression can be found: of those names alone it has to be asked.
 * Only ASCII: what an expression takes for such a character, upper and lower case alike, folds to it. `source` is valid.
 */
export function requiredTexts(source: string): string[] {
  const typed = source.normalize('NFC');
  const texts: string[] = [];
  let run = '';
  const end = (): void => {
    const folded = normalize(run);
    if (folded !== '') texts.push(folded);
    run = '';
  };
  const read = (piece: Piece): void => {
    if (piece.kind === 'one') {
      const literal = literalOf(piece.source);
      if (literal === undefined) end();
      else run += literal;
    } else if (piece.kind === 'sequence') {
      piece.parts.forEach(read);
    } else if (piece.kind === 'repeat') {
      end();
      if (piece.least > 0) read(piece.part);
      end();
    } else if (piece.kind !== 'edge') {
      end();
    }
  };
  read(parsePattern(typed, isUnicode(typed)));
  end();
  return texts;
}

function isUnicode(source: string): boolean {
  try {
    new RegExp(source, 'iu');
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns undefined for classes, for `.`, and for escapes that stand for no single character; also for `<`, `=` and `>`,
 * which compose with a mark that follows, such as `≠`.
 */
function literalOf(source: string): string | undefined {
  if (/^[ !"#%&',\-/0-9:;@A-Z_`a-z~]$/.test(source)) return source.toLowerCase();
  return /^\\[^a-zA-Z0-9\s<=>\u0080-\uffff]$/.test(source) ? source[1] : undefined;
}
