import { expect, test } from 'vitest';
import { createSharedWork } from '../../../main/features/thumbnails/fetch/shared-work.ts';

function slow() {
  const runs: { readonly signal: AbortSignal; readonly resolve: (value: number) => void }[] = [];
  const work = (signal: AbortSignal): Promise<number> =>
    new Promise((resolve, reject) => {
      runs.push({ signal, resolve });
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  return { runs, work };
}

test('those who ask for the same share it, and it goes on while anyone waits', async () => {
  const { runs, work } = slow();
  const joined: string[] = [];
  const shared = createSharedWork<number>((id) => void joined.push(id));
  const [first, second] = [new AbortController(), new AbortController()];
  const one = shared.run('a', work, first.signal);
  const two = shared.run('a', work, second.signal);
  first.abort(new Error('enough'));
  await expect(one).rejects.toThrow('enough');
  expect(runs.map(({ signal }) => signal.aborted)).toEqual([false]);
  runs[0]?.resolve(5);
  expect(await two).toBe(5);
  expect(joined).toEqual(['a']);
});

test('it is stopped when the last one leaves, and begun anew for who comes then', async () => {
  const { runs, work } = slow();
  const shared = createSharedWork<number>();
  const [first, second] = [new AbortController(), new AbortController()];
  const one = shared.run('a', work, first.signal);
  first.abort(new Error('enough'));
  const two = shared.run('a', work, second.signal);
  await expect(one).rejects.toThrow('enough');
  expect(runs.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  const stopping = shared.stop();
  await expect(two).rejects.toThrow('stopped');
  await stopping;
  expect(runs[1]?.signal.aborted).toBe(true);
});

test('who has left before coming starts nothing that goes on', async () => {
  const { runs, work } = slow();
  const shared = createSharedWork<number>();
  await expect(shared.run('a', work, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(runs.every(({ signal }) => signal.aborted)).toBe(true);
});
