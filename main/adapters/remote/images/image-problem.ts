import type { FetchCode, FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { NetworkProblem, NetworkProblemKind } from '../http/network-problem.ts';
import { retryAfterMs, type RetryHeaders } from '../http/retry-after.ts';

type Meaning = { readonly code: FetchCode; readonly canRetry: boolean };

const ofKind: Readonly<Record<NetworkProblemKind, Meaning>> = {
  offline: { code: 'connection-lost', canRetry: true },
  // Without a network macOS and Windows say the same as for a name that nobody has.
  'name-not-found': { code: 'name-not-found', canRetry: true },
  'connection-refused': { code: 'connection-refused', canRetry: true },
  'connection-lost': { code: 'connection-lost', canRetry: true },
  'timed-out': { code: 'timed-out', canRetry: true },
  'tls-refused': { code: 'tls-refused', canRetry: false },
  'proxy-refused': { code: 'proxy-refused', canRetry: true },
  'not-permitted': { code: 'not-permitted', canRetry: false },
  'not-http': { code: 'unexpected-answer', canRetry: false },
  'cut-off': { code: 'cut-off', canRetry: true },
  cancelled: { code: 'cancelled', canRetry: true },
};

/** A failed connection or body as the reason of a transfer. */
export function problemOfNetwork({ kind, message }: NetworkProblem): FetchProblem {
  return { ...ofKind[kind], message };
}

type StatusMeaning = Meaning & { readonly words: string };

function meaningOf(status: number): StatusMeaning {
  switch (status) {
    case 404:
    case 410:
      return { code: 'not-found', canRetry: false, words: 'has no such file any more' };
    case 401:
    case 403:
    case 451:
      return { code: 'refused', canRetry: false, words: 'does not let this file be read' };
    case 407:
      return { code: 'proxy-refused', canRetry: false, words: 'is behind a proxy that asks for a password' };
    case 408:
    case 425:
      return { code: 'timed-out', canRetry: true, words: 'did not get to it in time. Try again later' };
    case 429:
      return { code: 'throttled', canRetry: true, words: 'asks to wait, as too much was asked of it at once' };
    default:
      if (status >= 500) return { code: 'server-error', canRetry: true, words: 'has trouble. Try again later' };
      return { code: 'unexpected-answer', canRetry: false, words: 'gave an answer that is no file' };
  }
}

/** Every status but 200 and 206 as the reason of a transfer. */
export function problemOfStatus(status: number, host: string, retry: RetryHeaders, now: number): FetchProblem {
  const { code, canRetry, words } = meaningOf(status);
  const afterMs = canRetry ? retryAfterMs(retry, now) : undefined;
  const problem = { code, canRetry, status, message: `${host} ${words} (${status}).` };
  return afterMs === undefined ? problem : { ...problem, retryAfterMs: afterMs };
}

/** The answer to a resumed request that can't be joined to what is there: the transfer starts from the beginning. */
export function changedProblem(status: number, host: string): FetchProblem {
  const message = `${host} can't continue this file where it stopped, or the file changed: it is fetched from the start.`;
  return { code: 'changed', canRetry: true, status, message };
}

/** A part of the file in answer to a request for all of it. */
export function pieceProblem(status: number, host: string): FetchProblem {
  const message = `${host} sent only a part of the file although all of it was requested (${status}).`;
  return { code: 'unexpected-answer', canRetry: false, status, message };
}

export function notPermittedProblem(message: string): FetchProblem {
  return { code: 'not-permitted', canRetry: false, message };
}
