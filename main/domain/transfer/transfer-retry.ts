import { backoffMs, filePatience } from '../network/backoff.ts';
import type { FetchProblem } from '../network/fetch-problem.ts';
import type { TransferEvent, TransferStatus } from './transfer.ts';

export type Circumstances = {
  /** ms since the epoch. */
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** This attempt brought bytes that the next one can continue from. */
  readonly advanced: boolean;
  /** The host has served another file since this attempt began. */
  readonly hostServes: boolean;
};

/**
 * Decides what follows from an attempt that failed: another one later, or the end. Only an attempt that brought nothing
 * counts, unless a host throttled it while it served others. A stall that moved on reconnects at once.
 */
export function afterProblem(status: TransferStatus, problem: FetchProblem, seen: Circumstances): TransferEvent {
  const { code, message, canRetry } = problem;
  const reason = { code, message, canRetry };
  if (!canRetry) return { kind: 'fail', reason };
  if (code === 'timed-out' && seen.advanced) return { kind: 'wait', reason, until: seen.now, counts: false };
  const counts = !seen.advanced && !(code === 'throttled' && seen.hostServes);
  if (counts && status.attempt > filePatience.retries) return { kind: 'fail', reason };
  const delayMs = problem.retryAfterMs ?? backoffMs(status.attempt, seen.random);
  return { kind: 'wait', reason, until: seen.now + delayMs, counts };
}
