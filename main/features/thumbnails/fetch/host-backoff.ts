import type { FetchCode, FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { ImageFailure } from '../../../domain/image/image-failure.ts';
import type { Clock } from '../../../ports/clock.ts';

/** Which hosts are left alone for a while, and why: what one image met there, forty others need not meet too. */
export type HostBackoff = {
  /** Undefined where the host may be asked. */
  held(host: string): ImageFailure | undefined;
  /** What one image met; holds the host where the host, or the way to it, is the matter. */
  met(host: string, problem: FetchProblem): ImageFailure;
  served(host: string): void;
  /** Somebody wants it tried at once: granted where the host itself has not asked to wait. */
  lift(host: string): void;
};

type Hold = {
  readonly since: number;
  readonly until: number;
  readonly inARow: number;
  readonly isAsked: boolean;
  readonly failure: ImageFailure;
};

const firstHoldMs = 5_000;
const longestHoldMs = 60_000;
/** Timers count in 32 bits. */
const longestSleepMs = 3_600_000;

const onTheWay: readonly FetchCode[] = [
  ...(['name-not-found', 'connection-refused', 'connection-lost'] as const),
  ...(['timed-out', 'tls-refused', 'proxy-refused'] as const),
];

/** `released` is called when a hold has passed, until the signal fires. Times as the clock's. */
export function createHostBackoff(clock: Clock, released: () => void, closing: AbortSignal): HostBackoff {
  const holds = new Map<string, Hold>();
  return {
    held(host) {
      const hold = holds.get(host);
      return hold !== undefined && isWithin(hold, clock.now()) ? hold.failure : undefined;
    },
    met(host, problem) {
      const { code, message, canRetry } = problem;
      if (!concernsHost(problem)) return { code, message, canRetry, retryAt: null };
      const now = clock.now();
      const before = holds.get(host);
      // Those that were under way together met one thing.
      const isHeld = before !== undefined && isWithin(before, now);
      const inARow = (before?.inARow ?? 0) + (isHeld ? 0 : 1);
      const holdMs = problem.retryAfterMs ?? Math.min(longestHoldMs, firstHoldMs * 2 ** Math.min(10, inARow - 1));
      const until = Math.max(now + holdMs, isHeld ? before.until : 0);
      const failure = { code, message, canRetry: true, retryAt: until };
      holds.set(host, {
        since: now,
        until,
        inARow,
        isAsked: asksToWait(problem) || (isHeld && before.isAsked),
        failure,
      });
      clock.sleep(Math.min(longestSleepMs, holdMs), closing).then(
        () => {
          if (holds.get(host)?.until === until) released();
        },
        () => undefined,
      );
      return failure;
    },
    served(host) {
      const hold = holds.get(host);
      // One that was under way when the host asked to wait takes nothing back.
      if (hold !== undefined && (!hold.isAsked || !isWithin(hold, clock.now()))) holds.delete(host);
    },
    lift(host) {
      const hold = holds.get(host);
      if (hold?.isAsked === false) holds.set(host, { ...hold, until: 0 });
    },
  };
}

/** A clock that was set back ends a hold: it would else last until the clock has caught up, for days or years. */
function isWithin({ since, until }: Pick<Hold, 'since' | 'until'>, now: number): boolean {
  return now >= since && now < until;
}

function concernsHost(problem: FetchProblem): boolean {
  return asksToWait(problem) || (problem.status === undefined && onTheWay.includes(problem.code));
}

function asksToWait({ code, status }: FetchProblem): boolean {
  return code === 'throttled' || status === 503;
}
