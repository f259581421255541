import { setImmediate } from 'node:timers/promises';

/** As long as this it goes on before others have their turn. */
const turnMs = 10;
/** Looking at the clock takes as long as some steps do. */
const stepsALook = 64;

/** Runs a long computation to its end, in turns between which everything else goes on; an abort ends it with its reason. */
export async function inTurns<T>(steps: Generator<undefined, T, undefined>, signal?: AbortSignal): Promise<T> {
  let turnEnds = performance.now() + turnMs;
  for (let count = 1; ; count++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % stepsALook !== 0 || performance.now() < turnEnds) continue;
    await setImmediate();
    signal?.throwIfAborted();
    turnEnds = performance.now() + turnMs;
  }
}
