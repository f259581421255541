import type { Clock } from '../../../ports/clock.ts';

/** One limit for all the transfers that share it. */
export type SpeedLimit = {
  /** Resolves when this many bytes may count as received; rejects with the signal's reason. First come, first served. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
  /** Takes effect at once, also for those who wait. */
  change(bytesPerSecond: number | null): void;
};

export type SpeedLimitSettings = {
  /** At least 1; null stands for no limit. */
  readonly bytesPerSecond: number | null;
  readonly clock: Clock;
};

/** What may be saved up while nothing flows, so that a pause is not followed by a flood. */
const burstMs = 250;
/** Timers count in 32 bits, which a slow limit and a large chunk exceed. */
const longestSleepMs = 60_000;

type Waiter = { readonly bytes: number; readonly admit: () => void };

/** A token bucket that may go into debt: a chunk larger than the bucket passes once, and the next ones wait for it. */
export function createSpeedLimit({ bytesPerSecond, clock }: SpeedLimitSettings): SpeedLimit {
  let rate = checked(bytesPerSecond);
  let tokens = 0;
  let filledAt = clock.now();
  const waiters = new Set<Waiter>();
  let pause: AbortController | undefined;
  let isRunning = false;

  function refill(): void {
    const now = clock.now();
    // A clock that was set back fills nothing, and does not stop the flow either.
    const elapsedMs = Math.max(0, now - filledAt);
    filledAt = now;
    if (rate !== null) tokens = Math.min((rate * burstMs) / 1000, tokens + (rate * elapsedMs) / 1000);
  }

  /** Ends early when the rate changes or nobody waits any more. */
  async function rest(ms: number): Promise<void> {
    const woken = new AbortController();
    pause = woken;
    await clock.sleep(ms, woken.signal).catch((error: unknown) => {
      if (!woken.signal.aborted) throw error;
    });
  }

  async function admitInTurn(): Promise<void> {
    isRunning = true;
    for (let first = firstOf(waiters); first !== undefined; first = firstOf(waiters)) {
      refill();
      if (rate === null || tokens >= 0) {
        waiters.delete(first);
        if (rate !== null) tokens -= first.bytes;
        first.admit();
        continue;
      }
      await rest(Math.min(longestSleepMs, Math.ceil((-tokens / rate) * 1000)));
    }
    isRunning = false;
  }

  return {
    async take(bytes, signal) {
      signal.throwIfAborted();
      if (rate === null || bytes <= 0) return;
      const admitted = queueUp(waiters, bytes, signal, () => {
        if (waiters.size === 0) pause?.abort();
      });
      if (!isRunning) void admitInTurn();
      await admitted;
    },
    change(next) {
      refill();
      rate = checked(next);
      if (rate === null) tokens = 0;
      pause?.abort();
    },
  };
}

/** Stands in the queue until admitted; `left` is called when the signal took it out instead. */
function queueUp(waiters: Set<Waiter>, bytes: number, signal: AbortSignal, left: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      waiters.delete(waiter);
      left();
      reject(signal.reason as Error);
    };
    const admit = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const waiter: Waiter = { bytes, admit };
    waiters.add(waiter);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

function firstOf(waiters: ReadonlySet<Waiter>): Waiter | undefined {
  return waiters.values().next().value;
}

function checked(bytesPerSecond: number | null): number | null {
  if (bytesPerSecond !== null && !(bytesPerSecond >= 1))
    throw new RangeError('A speed limit is 1 byte a second or more');
  return bytesPerSecond;
}
