import { Buffer } from 'node:buffer';
import { compilePattern } from '../../../domain/query/pattern/pattern.ts';
import { createBitmap, growBitmap, setRow, subtract, type Bitmap } from './bitmap.ts';
import { narrow } from './gram-slices.ts';
import { nameOf, type ImageTable } from '../table/image-table.ts';
import { requiredTexts } from './pattern-texts.ts';

/** What regular expressions said of the names that they were asked about. */
export type PatternMemo = {
  /**
   * Asks each expression about the candidates that it was not asked about before, for a few ms: an expression costs what
   * it likes, and others want to be served. True where nothing is left to be asked.
   */
  turn(table: ImageTable, sources: readonly string[], candidates: Bitmap): boolean;
  matched(source: string): Bitmap;
  /** The row has another name now. */
  forget(row: number): void;
};

type Memo = {
  readonly matches: (name: string) => boolean;
  /** Folded; names without them need not be asked about. */
  readonly needles: readonly Uint8Array[];
  tested: Bitmap;
  matched: Bitmap;
};

const turnMs = 6;
const mostKept = 8;
const namesBetweenLooks = 4;

/** `elapsedMs` is a clock. */
export function createPatternMemo(elapsedMs: () => number): PatternMemo {
  const kept = new Map<string, Memo>();
  const memoOf = (source: string, rows: number): Memo => {
    const memo = kept.get(source) ?? createMemo(source);
    kept.delete(source);
    kept.set(source, memo);
    if (memo.tested.length * 32 < rows) {
      memo.tested = growBitmap(memo.tested, rows);
      memo.matched = growBitmap(memo.matched, rows);
    }
    return memo;
  };
  const ask = (table: ImageTable, { matches, tested, matched }: Memo, open: Bitmap): boolean => {
    const end = elapsedMs() + turnMs;
    let asked = 0;
    for (let word = 0; word < open.length; word++) {
      for (let bits = open[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const row = (word << 5) + 31 - Math.clz32(bits & -bits);
        setRow(matched, row, matches(nameOf(table, row)));
        setRow(tested, row, true);
        asked += 1;
        if (asked % namesBetweenLooks === 0 && elapsedMs() > end) return false;
      }
    }
    return true;
  };
  return {
    turn(table, sources, candidates) {
      const memos = sources.map((source) => memoOf(source, table.capacity));
      for (const source of kept.keys()) {
        if (kept.size <= Math.max(mostKept, sources.length)) break;
        kept.delete(source);
      }
      return memos.every((memo) => {
        const open = subtract(candidates.slice(), memo.tested);
        for (const needle of memo.needles) narrow(table.slices, needle, open);
        return ask(table, memo, open);
      });
    },
    matched: (source) => kept.get(source)?.matched ?? createBitmap(0),
    forget(row) {
      for (const { tested, matched } of kept.values()) {
        if (row >= tested.length * 32) continue;
        setRow(tested, row, false);
        // A name without what the expression needs is not asked about again.
        setRow(matched, row, false);
      }
    },
  };
}

function createMemo(source: string): Memo {
  const compiled = compilePattern(source);
  const isSound = typeof compiled === 'function';
  const needles = isSound ? requiredTexts(source).map((text) => Buffer.from(text)) : [];
  return { matches: isSound ? compiled : () => false, needles, tested: createBitmap(0), matched: createBitmap(0) };
}
