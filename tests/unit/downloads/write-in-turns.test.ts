import { expect, it } from 'vitest';
import { writeInSlices } from '../../../main/features/downloads/engine/write-in-slices.ts';

/** Creates a journal that rolls back and retries each transaction once, as if another process held the file's lock. */
function createDisturbedJournal(rows: string[]) {
  let transactions = 0;
  return {
    transactions: () => transactions,
    writeNow<T>(change: () => T): Promise<T> {
      transactions += 1;
      const committed = rows.length;
      change();
      rows.length = committed;
      return Promise.resolve(change());
    },
  };
}

function spin(untilMs: number): void {
  while (performance.now() < untilMs);
}

it('writes each of many once and in order, in several transactions, also where one is done again', async () => {
  const rows: string[] = [];
  const journal = createDisturbedJournal(rows);
  await writeInSlices(journal, 'abcdefgh'.split(''), (one, position) => {
    spin(performance.now() + 3);
    rows.push(`${position}${one}`);
  });
  expect(rows).toEqual(['0a', '1b', '2c', '3d', '4e', '5f', '6g', '7h']);
  expect(journal.transactions()).toBeGreaterThan(1);
});

it('begins no transaction for nothing', async () => {
  const journal = createDisturbedJournal([]);
  await writeInSlices(journal, [], () => undefined);
  expect(journal.transactions()).toBe(0);
});
