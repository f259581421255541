import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSpeedLimit } from '../../../main/features/downloads/fetch/speed-limit.ts';
import { manualClock } from './manual-clock.ts';

const never = new AbortController().signal;

/** Receives as fast as permitted for `ms`, in several transfers at once; returns the bytes of each. */
async function takenWithin(ms: number, bytesPerSecond: number, chunks: readonly number[]): Promise<readonly number[]> {
  const clock = manualClock();
  const limit = createSpeedLimit({ bytesPerSecond, clock });
  const end = new AbortController();
  const taken = chunks.map(() => 0);
  const transfers = chunks.map(async (chunk, index) => {
    while (!end.signal.aborted) {
      await limit.take(chunk, end.signal);
      taken[index] = (taken[index] ?? 0) + chunk;
    }
  });
  for (let passed = 0; passed < ms; passed += 50) await clock.advance(50);
  end.abort();
  await Promise.allSettled(transfers);
  return taken;
}

describe('a speed limit', () => {
  test('holds for all transfers together, and is used up', async () => {
    const chunk = fc.integer({ min: 1, max: 5000 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2000, max: 100_000 }),
        fc.array(chunk, { minLength: 1, maxLength: 5 }),
        async (rate, chunks) => {
          const total = (await takenWithin(4000, rate, chunks)).reduce((sum, bytes) => sum + bytes, 0);
          expect(total).toBeLessThanOrEqual(rate * 4.3 + Math.max(...chunks));
          expect(total).toBeGreaterThanOrEqual(rate * 3.9);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('serves everyone in turn', async () => {
    const [small = 0, large = 0] = await takenWithin(10_000, 10_000, [100, 1000]);
    expect(large / small).toBeCloseTo(10, 0);
  });

  test('lets everything pass where there is none, and once it is taken away', async () => {
    const clock = manualClock();
    await createSpeedLimit({ bytesPerSecond: null, clock }).take(1e12, never);
    const limit = createSpeedLimit({ bytesPerSecond: 1, clock });
    await limit.take(1e9, never);
    const waiting = limit.take(5, never);
    limit.change(null);
    await waiting;
    expect(clock.sleepers()).toBe(0);
  });

  test('counts from the moment that it changes', async () => {
    const clock = manualClock();
    const limit = createSpeedLimit({ bytesPerSecond: 1, clock });
    await limit.take(10_000, never);
    const order: number[] = [];
    const waiting = limit.take(1, never).then(() => order.push(clock.now()));
    await clock.advance(1000);
    limit.change(10_000);
    for (let at = 1000; at < 4000; at += 100) await clock.advance(100);
    await waiting;
    expect(order).toEqual([2000]);
  });

  test('lets go of who is aborted, and keeps nobody else waiting for them', async () => {
    const clock = manualClock();
    const limit = createSpeedLimit({ bytesPerSecond: 1000, clock });
    await limit.take(1000, never);
    const abort = new AbortController();
    const aborted = expect(limit.take(1e9, abort.signal)).rejects.toThrow('enough');
    const next = limit.take(10, never);
    abort.abort(new Error('enough'));
    await aborted;
    await clock.advance(1000);
    await next;
    expect(clock.sleepers()).toBe(0);
    await expect(limit.take(1, abort.signal)).rejects.toThrow('enough');
  });

  test('of a byte a second never asks for a longer sleep than timers can do', async () => {
    const clock = manualClock();
    const asked: number[] = [];
    const sleep: typeof clock.sleep = (ms, signal) => {
      asked.push(ms);
      return clock.sleep(ms, signal);
    };
    const limit = createSpeedLimit({ bytesPerSecond: 1, clock: { now: clock.now, sleep } });
    await limit.take(3_000_000, never);
    const abort = new AbortController();
    const waiting = expect(limit.take(1, abort.signal)).rejects.toThrow('enough');
    await clock.advance(60_000);
    expect(asked.length).toBeGreaterThan(1);
    expect(Math.max(...asked)).toBeLessThan(2 ** 31);
    abort.abort(new Error('enough'));
    await waiting;
  });

  test('of less than a byte a second is a mistake', () => {
    expect(() => createSpeedLimit({ bytesPerSecond: 0, clock: manualClock() })).toThrow(RangeError);
  });
});
