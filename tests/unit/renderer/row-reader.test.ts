import { expect, test } from 'vitest';
import { failure } from '../../../main/domain/failure.ts';
import { fail, ok, type Result } from '../../../main/domain/result.ts';
import { RowReader } from '../../../renderer/lists/row-reader.ts';

type Read = { readonly from: number; readonly answer: (result: Result<(number | null)[]>) => void };

const failed: Result<(number | null)[]> = fail(failure('busy', 'The index is being read.'));

/** Creates a reader of 500 numbers whose answers and pauses the test controls. */
function createReader(first: readonly number[] = [], canFetch = true) {
  const reads: Read[] = [];
  const pauses: { readonly ms: number; readonly run: () => void }[] = [];
  const fetch = (from: number) =>
    new Promise<Result<(number | null)[]>>((resolve) => reads.push({ from, answer: resolve }));
  const reader = new RowReader<number>({
    ...{ count: 500, first, changed: () => undefined, later: (ms, run) => void pauses.push({ ms, run }) },
    fetch: canFetch ? fetch : null,
  });
  const answer = async (result: (from: number) => Result<(number | null)[]>) => {
    for (const { from, answer: resolve } of reads.splice(0)) resolve(result(from));
    // All promises that depend on the answers are settled by then.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { reader, reads, pauses, answer };
}

const rowsFrom = (from: number) => ok(Array.from({ length: 50 }, (_, index) => from + index));

test('a read that fails is repeated after a pause, each longer than the last, and five times at most', async () => {
  const { reader, reads, pauses, answer } = createReader();
  reader.want(0, 50);
  const waited: number[] = [];
  for (let tries = 1; tries <= 5; tries += 1) {
    expect(reads.map(({ from }) => from)).toEqual([0]);
    await answer(() => failed);
    expect(reads).toEqual([]);
    // Wheel steps within the pause request nothing.
    reader.want(0, 40);
    expect(reads).toEqual([]);
    const [pause] = pauses.splice(0);
    waited.push(pause?.ms ?? 0);
    pause?.run();
  }
  expect(waited).toEqual([250, 500, 1000, 2000, 4000]);
  expect(reads).toEqual([]);

  // Leaving and re-entering the view counts as a new request.
  reader.want(200, 250);
  reader.want(0, 50);
  expect(reads.map(({ from }) => from)).toEqual([200, 0]);
  await answer(rowsFrom);
  expect([reader.at(7), reader.at(207)]).toEqual([7, 207]);
});

test('a page that fails holds up no other', async () => {
  const { reader, reads, answer } = createReader();
  reader.want(0, 250);
  expect(reads.map(({ from }) => from)).toEqual([0, 50, 100]);
  await answer((from) => (from === 50 ? failed : rowsFrom(from)));
  expect(reads.map(({ from }) => from)).toEqual([150, 200]);
});

test('where only the first rows are known, nothing is asked for', () => {
  const known = Array.from({ length: 100 }, (_, index) => index);
  const { reader, reads, pauses } = createReader(known, false);
  reader.want(0, 150);
  expect([reads, pauses]).toEqual([[], []]);
  expect([reader.at(99), reader.at(100)]).toEqual([99, undefined]);
});

test('what needs a row waits for the page that is on its way', async () => {
  const { reader, reads, answer } = createReader();
  reader.want(450, 500);
  const seen = reader.ensure(499, 500).then(() => reader.at(499));
  expect(reads.map(({ from }) => from)).toEqual([450]);
  // The core takes its time.
  await new Promise((resolve) => setImmediate(resolve));
  await answer(rowsFrom);
  expect(await seen).toBe(499);
});
