import { apiPatience } from '../../../domain/network/backoff.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import type { CallLedger } from '../../../ports/call-ledger.ts';
import type { Clock } from '../../../ports/clock.ts';
import { formatMoment } from '../http/retry-after.ts';

/** Why a call waits: the minute's calls are used, the server asked for it, or the last attempt failed. */
export type WaitReason = 'rate-limit' | 'throttled' | 'failed';
/** `until` in ms since the epoch; `why` says in words what is waited for. */
export type Wait = { readonly until: number; readonly reason: WaitReason; readonly why: string };

export type RateLimiter = {
  /** Waits for this key's turn; a failure where that would take longer than five minutes, or `longestMs`. Rejects when aborted. */
  take(
    key: string,
    isLimited: boolean,
    onWait: (wait: Wait) => void,
    signal: AbortSignal,
    longestMs?: number,
  ): Promise<Failure | undefined>;
  /** Everyone with this key waits until then. */
  hold(key: string, until: number): void;
};

/** A broken clock on the other side must not lock an account for years. */
const longestHoldMs = 24 * 3_600_000;

const throttled = { reason: 'throttled', why: 'QuestionPro asked to wait, as too many calls were made' } as const;
const limited = { reason: 'rate-limit', why: 'a key may make 300 calls a minute' } as const;

function tooLong(until: number, wasAsked: boolean): Failure {
  const moment = formatMoment(until);
  const message = wasAsked
    ? `QuestionPro asked to wait until ${moment} with this key. Nothing is lost: go on after that.`
    : `The calls that a key may make in a minute were made. Nothing is lost: go on after ${moment}.`;
  return failure('throttled', message, { retryAt: until });
}

/** The one gate for each key: the ledger's count for real origins, holds alone for loopback and the sample library. */
export function createRateLimiter(ledger: CallLedger, clock: Clock): RateLimiter {
  return {
    async take(key, isLimited, onWait, signal, longestMs = apiPatience.longestWaitMs) {
      const fingerprint = ledger.fingerprint(key);
      for (;;) {
        signal.throwIfAborted();
        const held = ledger.heldMs(fingerprint, clock.now());
        const waitMs = held > 0 || !isLimited ? held : ledger.reserve(fingerprint, clock.now()).waitMs;
        if (waitMs <= 0) return undefined;
        const until = clock.now() + waitMs;
        if (waitMs > longestMs) return tooLong(until, held > 0);
        onWait(held > 0 ? { until, ...throttled } : { until, ...limited });
        await clock.sleep(waitMs, signal);
      }
    },

    hold(key, until) {
      const fingerprint = ledger.fingerprint(key);
      const bounded = Math.min(until, clock.now() + longestHoldMs);
      ledger.holdUntil(fingerprint, bounded);
    },
  };
}
