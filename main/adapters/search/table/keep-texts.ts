import type { Bitmap } from '../evaluate/bitmap.ts';
import type { TextArena } from './text-arena.ts';

const atOnce = 64;

/**
 * Keeps of `into` the rows whose text, from byte `start` up to and without `end` of the arena, passes. Texts lie far apart
 * in memory: they are fetched many at a time, as one by one each would be waited for.
 */
export function keepTexts(arena: TextArena, into: Bitmap, test: (start: number, end: number) => boolean): Bitmap {
  const { bytes, starts, lengths } = arena;
  const rows = new Uint32Array(atOnce);
  const from = new Uint32Array(atOnce);
  const to = new Uint32Array(atOnce);
  // Written and never read, so that the fetching is not left out as of no use.
  const fetched = new Uint8Array(atOnce);
  let count = 0;
  const testFetched = () => {
    for (let at = 0; at < count; at++) fetched[at] = (bytes[from[at] ?? 0] ?? 0) ^ (bytes[(to[at] ?? 0) - 1] ?? 0);
    for (let at = 0; at < count; at++) {
      if (test(from[at] ?? 0, to[at] ?? 0)) continue;
      const row = rows[at] ?? 0;
      into[row >>> 5] = (into[row >>> 5] ?? 0) & ~(1 << (row & 31));
    }
    count = 0;
  };
  for (let word = 0; word < into.length; word++) {
    for (let open = into[word] ?? 0; open !== 0; open &= open - 1) {
      const row = (word << 5) + 31 - Math.clz32(open & -open);
      const start = starts[row] ?? 0;
      rows[count] = row;
      from[count] = start;
      to[count] = start + (lengths[row] ?? 0);
      count += 1;
      if (count === atOnce) testFetched();
    }
  }
  testFetched();
  return into;
}
