import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../main/downloads/plan/in-turns.ts';

/** Adds up so many numbers, one a step, each some microseconds long. */
function* addUp(count: number): Generator<undefined, number, undefined> {
  let sum = 0;
  for (let number = 1; number <= count; number++) {
    sum += number;
    for (let spin = 0; spin < 2000; spin++) sum += spin % 2 === 0 ? 1 : -1;
    yield;
  }
  return sum;
}

describe('a long computation in turns', () => {
  it('gives what it gives in one go, while other things go on', async () => {
    let others = 0;
    const count = setInterval(() => others++, 1);
    expect(await inTurns(addUp(30_000))).toBe((30_000 * 30_001) / 2);
    clearInterval(count);
    expect(others).toBeGreaterThan(1);
  });

  it('ends with the reason of an abort', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 1);
    await expect(inTurns(addUp(1e9), controller.signal)).rejects.toThrow('enough');
  });
});
