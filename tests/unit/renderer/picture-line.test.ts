import { expect, test } from 'vitest';
import { createThumbnailQueue } from '../../../renderer/gallery/grid/thumbnail-queue.ts';

function createLine({ most = 2, from = 0 } = {}) {
  let time = 1000;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  let inSight = from;
  const begun: string[] = [];
  const line = createThumbnailQueue({
    most,
    rank: (position) => Math.abs(position - inSight),
    now: () => time,
    later: (ms, run) => void timers.push({ at: time + ms, run }),
  });
  return {
    begun,
    wait: (name: string, position: number) => line.wait(name, position, () => void begun.push(name)),
    scroll: (position: number) => (inSight = position),
    pass(ms: number) {
      const until = time + ms;
      for (;;) {
        const next = timers.toSorted((one, other) => one.at - other.at).find(({ at }) => at <= until);
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        time = Math.max(time, next.at);
        next.run();
      }
      time = until;
    },
  };
}

test('what is in sight is asked for first, few at once', () => {
  const line = createLine();
  const leaves = [9, 1, 0, 2].map((position) => line.wait(`p${position}`, position));
  expect(line.begun).toEqual([]);
  line.pass(0);
  expect(line.begun).toEqual(['p0', 'p1']);
  leaves[2]?.(true);
  line.scroll(9);
  line.pass(0);
  expect(line.begun).toEqual(['p0', 'p1', 'p9']);
});

test('what is not wanted any more is never asked for, and gives its place back once', () => {
  const line = createLine({ most: 1 });
  const first = line.wait('first', 0);
  const second = line.wait('second', 1);
  line.wait('third', 2);
  line.wait('fourth', 3);
  line.pass(0);
  second(false);
  first(false);
  first(false);
  line.pass(1000);
  expect(line.begun).toEqual(['first', 'third']);
});

test('what only rushes by is not asked for', () => {
  const line = createLine({ most: 6 });
  let leave = line.wait('0', 0);
  line.pass(16);
  for (let frame = 1; frame <= 60; frame++) {
    leave(false);
    leave = line.wait(String(frame), frame);
    line.pass(16);
  }
  expect(line.begun).toEqual(['0']);
  line.pass(100);
  expect(line.begun).toEqual(['0', '60']);
});

test('what came before begins at once, and takes no place', () => {
  const line = createLine({ most: 1 });
  line.wait('known', 0);
  line.pass(0);
  line.wait('other', 1)(false);
  expect(line.begun).toEqual(['known']);
  line.wait('known', 0);
  line.pass(1000);
  expect(line.begun).toEqual(['known']);
  const again = createLine({ most: 1 });
  const leave = again.wait('known', 0);
  again.pass(0);
  leave(true);
  again.wait('busy', 1);
  again.pass(1000);
  again.wait('known', 5);
  expect(again.begun).toEqual(['known', 'busy', 'known']);
});
