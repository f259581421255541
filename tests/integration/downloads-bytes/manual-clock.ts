import type { Clock } from '../../../main/ports/clock.ts';

export type ManualClock = Clock & {
  /** Lets time pass, and everyone who slept until then go on. */
  advance(ms: number): Promise<void>;
  sleepers(): number;
};

type Sleeper = { readonly until: number; readonly wake: () => void };

export function manualClock(): ManualClock {
  let now = 0;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const sleeper = { until: now + ms, wake: resolve };
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        });
        sleepers.add(sleeper);
      });
    },
    async advance(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now || !sleepers.delete(sleeper)) continue;
        sleeper.wake();
      }
      // Whatever goes on from there does so before the next step.
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleepers: () => sleepers.size,
  };
}
