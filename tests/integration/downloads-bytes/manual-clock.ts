import type { Clock } from '../../../main/ports/clock.ts';

export type ManualClock = Clock & {
  /** Advances the time and wakes all sleepers that are due. */
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
      // Lets woken code run before the next step.
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleepers: () => sleepers.size,
  };
}
