import { expect, test } from 'vitest';
import { createNewestFirst } from '../../../main/features/thumbnails/fetch/newest-first.ts';

const never = new AbortController().signal;

function work() {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = createNewestFirst(2);
  const run = (id: string, signal: AbortSignal = never): Promise<void> =>
    queue.run(
      id,
      () => {
        began.push(id);
        return new Promise<void>((resolve) => ends.set(id, resolve));
      },
      signal,
    );
  return { began, queue, run, end: (id: string) => ends.get(id)?.() };
}

test('so many run at once, and of those that wait the newest goes first', async () => {
  const { began, run, end, queue } = work();
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => run(id));
  expect(began).toEqual(['a', 'b']);
  queue.raise('c');
  for (const id of ['a', 'c', 'e', 'b', 'd']) {
    end(id);
    await expect.poll(() => began.length).toBe(Math.min(5, 3 + ['a', 'c', 'e', 'b', 'd'].indexOf(id)));
  }
  expect(began).toEqual(['a', 'b', 'c', 'e', 'd']);
  await Promise.all(all);
  expect(queue.size).toBe(0);
});

test('who gives up while waiting is out of the queue, and takes no place from others', async () => {
  const { began, run, end, queue } = work();
  const all = [run('a'), run('b')];
  const stop = new AbortController();
  const left = run('c', stop.signal);
  const stays = run('d');
  stop.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await expect(run('e', stop.signal)).rejects.toThrow('gone');
  end('a');
  await expect.poll(() => began).toEqual(['a', 'b', 'd']);
  for (const id of ['b', 'd']) end(id);
  await Promise.all([...all, stays]);
  expect(queue.size).toBe(0);
});

test('work that fails gives its place to the next', async () => {
  const queue = createNewestFirst(1);
  await expect(queue.run('a', () => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
  expect(await queue.run('b', () => Promise.resolve(5), never)).toBe(5);
});
