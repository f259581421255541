import type { Journal } from './journal.ts';

/** How long one transaction goes on before it lets others go. */
const turnMs = 8;

/**
 * Does the same to each of many, in as many transactions as take some ms each. One that is rolled back and done again
 * begins where it began before.
 */
export async function writeInSlices<T>(
  journal: Pick<Journal, 'writeNow'>,
  all: readonly T[],
  write: (one: T, position: number) => void,
): Promise<void> {
  for (let written = 0; written < all.length;) {
    written += await journal.writeNow(() => {
      const ends = performance.now() + turnMs;
      let count = 0;
      for (const [at, one] of all.slice(written).entries()) {
        write(one, written + at);
        count += 1;
        if (performance.now() >= ends) break;
      }
      return count;
    });
  }
}
