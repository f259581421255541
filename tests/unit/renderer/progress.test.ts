import { describe, expect, test } from 'vitest';
import { addSample, mostSamples, speedPath, sumProgress } from '../../../renderer/transfers/batches/progress.ts';

describe('several batches as one', () => {
  test('what is left of both comes at the speed of both', () => {
    const sum = sumProgress([
      { planned: 100, unsettled: 40, bytesPerSecond: 3000, remainingMs: 10_000 },
      { planned: 20, unsettled: 5, bytesPerSecond: 1000, remainingMs: 2000 },
    ]);
    expect(sum).toEqual({ planned: 120, settled: 75, bytesPerSecond: 4000, remainingMs: 8000 });
  });

  test('no time is said while one of them can tell none', () => {
    const known = { planned: 100, unsettled: 40, bytesPerSecond: 3000, remainingMs: 10_000 };
    expect(sumProgress([known, { ...known, bytesPerSecond: 0, remainingMs: null }]).remainingMs).toBeNull();
    expect(sumProgress([]).remainingMs).toBeNull();
  });
});

describe('the graph of speeds', () => {
  test('ends at the right, its top the fastest', () => {
    expect(speedPath([0, 50, 100], mostSamples - 1, 10)).toBe('M57 10L58 5L59 0');
  });

  test('is empty before there is a line, and flat where nothing comes', () => {
    expect(speedPath([5], 60, 10)).toBe('');
    expect(speedPath([0, 0], mostSamples - 1, 10)).toBe('M58 10L59 10');
  });

  test('keeps the newest samples', () => {
    const many = Array.from({ length: mostSamples + 5 }, (_, index) => index).reduce<readonly number[]>(addSample, []);
    expect(many).toHaveLength(mostSamples);
    expect(many.at(-1)).toBe(mostSamples + 4);
  });
});
