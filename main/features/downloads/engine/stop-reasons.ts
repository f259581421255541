import { apiPatience } from '../../../domain/network/backoff.ts';
import { failure, type Failure, type FailureCode } from '../../../domain/failure.ts';
import type { FetchCode, FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { formatMoment } from '../../../adapters/remote/http/retry-after.ts';
import type { FetchFailure } from './engine-parts.ts';

/** This many files in a row that failed for good on the way to one host: the way is the matter, not the files. */
export const unreachableInARow = 20;

const wayThere: { readonly [C in FetchCode]?: FailureCode } = {
  'name-not-found': 'name-not-found',
  'connection-refused': 'connection-refused',
  'connection-lost': 'server-error',
  'timed-out': 'timed-out',
  'tls-refused': 'tls-refused',
  'proxy-refused': 'proxy-refused',
};

/** Whether the problem lies on the way to the host. */
export function isOnTheWay(problem: FetchProblem): boolean {
  return wayThere[problem.code] !== undefined && problem.status === undefined;
}

/** The failure that ends the run because its host can't be reached; what was done is kept. */
export function hostUnreachable(host: string, problem: FetchProblem): Failure {
  const code = wayThere[problem.code] ?? 'offline';
  return failure(
    code,
    `${host} can't be reached: ${problem.message} The download is kept and can be resumed once it can.`,
  );
}

/** The failure that ends the run at once, or undefined where the problem concerns one file. */
export function stopForProblem(
  problem: FetchProblem & Pick<FetchFailure, 'concerns'>,
  now: number,
): Failure | undefined {
  const { code, message, retryAfterMs, concerns, canRetry } = problem;
  if (code === 'disk-full' || code === 'not-writable') {
    return concerns === 'file' || canRetry ? undefined : failure(code, message);
  }
  if (retryAfterMs === undefined || retryAfterMs <= apiPatience.longestWaitMs) return undefined;
  const retryAt = now + retryAfterMs;
  return failure(
    'throttled',
    `The server asks to wait until ${formatMoment(retryAt)}. Resume the download after that.`,
    { retryAt },
  );
}

const sqliteFailures: Readonly<Record<number, FailureCode>> = {
  8: 'not-writable',
  10: 'not-writable',
  13: 'disk-full',
};

/** The same for an exception of the database, where its disk is the matter. */
export function stopForError(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  const code = sqliteFailures[Number(error.errcode) & 0xff];
  if (code === undefined) return undefined;
  const what =
    code === 'disk-full'
      ? 'There is no space left where Contact Sheet keeps its own data. Free some'
      : "Contact Sheet can't write its own data any more. Allow it to";
  return failure(code, `${what}, then start the download again: it goes on where it stopped.`);
}
