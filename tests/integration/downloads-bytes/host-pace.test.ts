import { expect, test } from 'vitest';
import { createHostPace } from '../../../main/features/downloads/fetch/host-pace.ts';

test('a host that serves is asked for more, and one that refuses for less, once for each burst', () => {
  const pace = createHostPace();
  let now = 0;
  const serve = (times: number, bytes: number): void => {
    for (let time = 0; time < times; time += 1) pace.served(bytes, (now += 20));
  };
  expect(pace.limit()).toBe(16);
  serve(10, 100_000);
  expect(pace.limit()).toBe(16);
  serve(60, 100_000);
  expect(pace.limit()).toBe(32);
  serve(60, 200_000);
  expect(pace.limit()).toBe(64);

  for (let time = 0; time < 50; time += 1) pace.refused(now + time);
  expect(pace.limit()).toBe(32);
  pace.refused(now + 5000);
  expect(pace.limit()).toBe(16);
});
