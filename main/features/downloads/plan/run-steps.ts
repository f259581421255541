import { setImmediate } from 'node:timers/promises';

/** As long as this it goes on before others have their turn. */
const turnMs = 10;
/** Looking at the clock takes as long as some steps do. */
const stepsALook = 64;

/**
 * Runs a long computation to its end, in turns between which everything else goes on; an abort ends it with its reason.
 * What a step asks for is awaited and given to it.
 */
export async function runSteps<T, Question, Answer>(
  steps: Generator<Question | undefined, T, Answer | undefined>,
  answer: (question: Question) => Promise<Answer>,
  signal?: AbortSignal,
): Promise<T> {
  let turnEnds = performance.now() + turnMs;
  let given: Answer | undefined;
  for (let count = 1; ; count++) {
    const step = given === undefined ? steps.next() : steps.next(given);
    if (step.done === true) return step.value;
    given = step.value === undefined ? undefined : await answer(step.value);
    if (count % stepsALook !== 0 || performance.now() < turnEnds) continue;
    await setImmediate();
    signal?.throwIfAborted();
    turnEnds = performance.now() + turnMs;
  }
}
