import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  nextPace,
  startPace,
  type Pace,
  type PaceObservation,
} from '../../main/domain/transfer/adaptive-concurrency.ts';

/** Creates an observation of a host that gives each concurrent file the same speed, up to the host's own limit. */
function well(pace: Pace, mostBytesPerSecond = Infinity): PaceObservation {
  const bytes = Math.min(pace.limit * 100_000, mostBytesPerSecond);
  return { elapsedMs: 1000, files: pace.limit, bytes, failed: 0, refused: 0 };
}

function repeat(times: number, pace: Pace, step: (pace: Pace) => Pace): Pace {
  return times === 0 ? pace : repeat(times - 1, step(pace), step);
}

function limitsOf(times: number, step: (pace: Pace) => Pace): readonly number[] {
  let pace = startPace();
  return Array.from({ length: times }, () => {
    pace = step(pace);
    return pace.limit;
  });
}

describe('files at once', () => {
  test('grow from 16 to 32 and 64 while that brings more', () => {
    expect(startPace().limit).toBe(16);
    expect(limitsOf(4, (pace) => nextPace(pace, well(pace)))).toEqual([32, 64, 64, 64]);
  });

  test('go back where more at once bring no more, and try again later', () => {
    const limits = limitsOf(80, (pace) => nextPace(pace, well(pace, 2_000_000)));
    expect(limits.slice(0, 4)).toEqual([32, 64, 32, 32]);
    expect(limits.filter((limit) => limit === 64).length).toBeLessThan(5);
    expect(limits.slice(4)).toContain(64);
  });

  test('are halved when the host refuses, and come back once it serves', () => {
    const refused = nextPace(
      repeat(2, startPace(), (pace) => nextPace(pace, well(pace))),
      { ...well(startPace()), refused: 3 },
    );
    expect(refused.limit).toBe(32);
    const floor = repeat(20, refused, (pace) =>
      nextPace(pace, { elapsedMs: 0, files: 0, bytes: 0, failed: 0, refused: 1 }),
    );
    expect(floor.limit).toBe(1);
    expect(nextPace(floor, well(floor)).limit).toBe(1);
    expect(repeat(200, floor, (pace) => nextPace(pace, well(pace))).limit).toBe(64);
  });

  test('are halved when failures rise, and not for one that fails', () => {
    const failing = { elapsedMs: 1000, files: 5, bytes: 1, failed: 5, refused: 0 };
    expect(nextPace(startPace(), failing).limit).toBe(8);
    expect(nextPace(nextPace(startPace(), failing), failing).limit).toBe(8);
    expect(nextPace(startPace(), { ...failing, files: 0, failed: 1 }).limit).toBe(16);
  });

  test('stay as they are while too little has ended to tell', () => {
    expect(nextPace(startPace(), { ...well(startPace()), files: 15 })).toEqual(startPace());
  });

  test('that are fixed are fixed', () => {
    const fixed = startPace(5);
    expect(nextPace(fixed, { ...well(fixed), refused: 9, failed: 9 })).toEqual(fixed);
    expect(() => startPace(0)).toThrow(RangeError);
  });

  test('lie between 1 and 64 whatever happens, and never get stuck', () => {
    const count = fc.nat({ max: 1000 });
    const observation = fc.record({
      elapsedMs: count,
      files: count,
      bytes: fc.nat(),
      failed: count,
      refused: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 50 }), (observations) => {
        let pace = startPace();
        for (const seen of observations) {
          pace = nextPace(pace, seen);
          expect(Number.isInteger(pace.limit) && pace.limit >= 1 && pace.limit <= 64).toBe(true);
        }
        expect(repeat(200, pace, (last) => nextPace(last, well(last))).limit).toBe(64);
      }),
    );
  });
});
