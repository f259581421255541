import { compileMachine } from './pattern-machine.ts';
import type { Piece } from './pattern-syntax.ts';
import { parsePattern } from './pattern-syntax.ts';

export type PatternProblem = 'invalid' | 'too-long' | 'too-costly';

const longestSource = 500;
/** Counted repetitions written out: `a{20}` is twenty. */
const largestExpression = 2_000;
/** Names are hardly ever longer; the engine is not asked about those that are. */
const usualNameLength = 300;
/** Most names are no longer: for these, expressions are left to the engine that could take too long on a longer one. */
const shortNameLength = 64;
/** How many ways of matching one name the engine may be left to try. */
const mostWays = usualNameLength ** 2;

/**
 * Compiles `name:/source/`, upper and lower case alike. No expression runs for ever: those that could backtrack without
 * end run on a machine that never backtracks, and the few that neither can run in good time are refused.
 */
export function compilePattern(typed: string): ((name: string) => boolean) | { readonly problem: PatternProblem } {
  if (typed.length > longestSource) return { problem: 'too-long' };
  const source = typed.normalize('NFC');
  const flags = isValid(source, 'iu') ? 'iu' : 'i';
  if (!isValid(source, flags)) return { problem: 'invalid' };
  const piece = parsePattern(source, flags === 'iu');
  if (countPieces(piece) > largestExpression) return { problem: 'too-costly' };
  const machine = compileMachine(piece, flags);
  const expression = new RegExp(source, flags);
  if (countWays(piece, usualNameLength) > mostWays) {
    if (machine === null) return { problem: 'too-costly' };
    if (countWays(piece, shortNameLength) > mostWays) return machine;
    return (name) => (name.length <= shortNameLength ? expression.test(name) : machine(name));
  }
  return (name) => {
    if (name.length <= usualNameLength) return expression.test(name);
    return machine ? machine(name) : expression.test(name.slice(0, usualNameLength));
  };
}

function isValid(source: string, flags: 'iu' | 'i'): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function countPieces(piece: Piece): number {
  if (piece.kind === 'sequence') return piece.parts.reduce((count, part) => count + countPieces(part), 1);
  if (piece.kind === 'choice') return piece.branches.reduce((count, branch) => count + countPieces(branch), 1);
  if (piece.kind === 'look') return countPieces(piece.part);
  if (piece.kind !== 'repeat') return 1;
  return countPieces(piece.part) * Math.max(1, piece.most === Infinity ? piece.least + 1 : piece.most);
}

/** An upper bound for the ways in which an expression can match a name from one place on, as backtracking tries them. */
function countWays(piece: Piece, nameLength: number): number {
  switch (piece.kind) {
    case 'one':
    case 'edge':
      return 1;
    case 'sequence':
      return piece.parts.reduce((ways, part) => ways * countWays(part, nameLength), 1);
    case 'choice':
      return piece.branches.reduce((ways, branch) => ways + countWays(branch, nameLength), 0);
    case 'repeat':
      return countRepeats(countWays(piece.part, nameLength), piece.least, Math.min(piece.most, nameLength));
    case 'look':
      return countWays(piece.part, nameLength);
    case 'special':
      return nameLength;
  }
}

function countRepeats(ways: number, least: number, times: number): number {
  const fewest = Math.min(least, times);
  return ways === 1 ? times - fewest + 1 : ways ** times * (times - fewest + 1);
}
