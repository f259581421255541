/** How many files at once one host is asked for, and what was learned on the way there. */
export type Pace = {
  /** 1 to 64; a fixed one as it was given. */
  readonly limit: number;
  readonly isFixed: boolean;
  /** The step below that this one is being tried against; null while none is. */
  readonly before: { readonly limit: number; readonly bytesPerSecond: number } | null;
  /** Observations to let pass before the next try. */
  readonly hold: number;
  /** Failures in the last observation, of all that ended in it: 0 to 1. */
  readonly failureShare: number;
};

/** What one host did in one stretch of time. */
export type PaceObservation = {
  readonly elapsedMs: number;
  /** Files that arrived whole. */
  readonly files: number;
  readonly bytes: number;
  /** Files that broke off or timed out: what too many at once can cause. */
  readonly failed: number;
  /** Answers 429 and 503. */
  readonly refused: number;
};

export const startingLimit = 16;
const highestLimit = 64;
/** More files at once are worth it only where they bring this much more. */
const worthwhileGrowth = 1.1;
const holdAfterRefusal = 20;
const holdAfterNoGain = 30;
const seriousFailures = 3;
const seriousFailureShare = 0.2;

export function startPace(fixed: number | null = null): Pace {
  if (fixed !== null && !(Number.isInteger(fixed) && fixed >= 1)) throw new RangeError('At least one file at once');
  return { limit: fixed ?? startingLimit, isFixed: fixed !== null, before: null, hold: 0, failureShare: 0 };
}

/**
 * The pace after an observation: halved when the host refuses or failures rise, doubled up to 16 when it is well
 * again, and from there to 32 and 64 only for as long as each doubling brings more bytes.
 */
export function nextPace(pace: Pace, seen: PaceObservation): Pace {
  if (pace.isFixed) return pace;
  const ended = seen.files + seen.failed;
  const failureShare = ended === 0 ? pace.failureShare : seen.failed / ended;
  const isFailingMore =
    seen.failed >= seriousFailures && failureShare >= seriousFailureShare && failureShare > pace.failureShare;
  if (seen.refused > 0 || isFailingMore) {
    const limit = Math.max(1, Math.floor(pace.limit / 2));
    return { ...pace, limit, before: null, hold: holdAfterRefusal, failureShare };
  }
  // Too little has ended to say anything about so many at once.
  if (seen.files < pace.limit || seen.elapsedMs <= 0) return { ...pace, failureShare };
  if (pace.hold > 0) return { ...pace, hold: pace.hold - 1, failureShare };
  if (pace.limit < startingLimit) return { ...pace, limit: Math.min(startingLimit, pace.limit * 2), failureShare };

  const bytesPerSecond = (seen.bytes * 1000) / seen.elapsedMs;
  if (pace.before !== null && bytesPerSecond < pace.before.bytesPerSecond * worthwhileGrowth) {
    return { ...pace, limit: pace.before.limit, before: null, hold: holdAfterNoGain, failureShare };
  }
  if (pace.limit >= highestLimit) return { ...pace, before: null, failureShare };
  const before = { limit: pace.limit, bytesPerSecond };
  return { ...pace, limit: Math.min(highestLimit, pace.limit * 2), before, failureShare };
}
