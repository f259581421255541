import { setImmediate } from 'node:timers/promises';

/**
 * Long work piece by piece: each turn takes some ms and is whole by itself, so that others can go between two of them,
 * and doing all of it again after a kill does what was left.
 */
export type TimeSlices<T> = Generator<undefined, T>;

/** Lets everything else that waits go before each further turn; undefined where it was stopped before the end. */
export async function inTimeSlices<T>(
  turns: TimeSlices<T>,
  signal?: AbortSignal,
): Promise<{ readonly value: T } | undefined> {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return { value: turn.value };
    await setImmediate();
    if (signal?.aborted === true) return undefined;
  }
}
