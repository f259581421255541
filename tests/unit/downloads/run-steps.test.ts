import { describe, expect, it } from 'vitest';
import { runSteps } from '../../../main/features/downloads/plan/run-steps.ts';

/** Sums up numbers, one per step, each taking some microseconds. */
function* addUp(count: number): Generator<undefined, number, undefined> {
  let sum = 0;
  for (let number = 1; number <= count; number++) {
    sum += number;
    for (let spin = 0; spin < 2000; spin++) sum += spin % 2 === 0 ? 1 : -1;
    yield;
  }
  return sum;
}

const noQuestion = () => Promise.resolve(undefined);

function* askTwice(): Generator<string | undefined, string, string | undefined> {
  const one = yield 'a';
  const none = yield;
  return `${one} ${none} ${yield 'b'}`;
}

describe('a long computation in turns', () => {
  it('gives what it gives in one go, while other things go on', async () => {
    let others = 0;
    const count = setInterval(() => others++, 1);
    expect(await runSteps(addUp(30_000), noQuestion)).toBe((30_000 * 30_001) / 2);
    clearInterval(count);
    expect(others).toBeGreaterThan(1);
  });

  it('is given what its steps ask for', async () => {
    expect(await runSteps(askTwice(), (name) => Promise.resolve(name.toUpperCase()))).toBe('A undefined B');
  });

  it('ends with the reason of an abort', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 1);
    await expect(runSteps(addUp(1e9), noQuestion, controller.signal)).rejects.toThrow('enough');
  });
});
