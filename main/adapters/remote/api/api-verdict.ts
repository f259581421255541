import { failure, type Failure } from '../../../domain/failure.ts';
import type { PageAddress } from '../../../domain/network/gate-rules.ts';
import { readApiError, saysAllowanceUsedUp, type ApiErrorBody } from './api-error.ts';
import { parsePage, type ApiPage } from './api-page.ts';
import type { NetworkProblem, NetworkProblemKind } from '../http/network-problem.ts';
import { locationOf } from '../images/location.ts';
import { redact } from '../redact/redact.ts';
import { formatMoment, retryAfterMs, type RetryHeaders } from '../http/retry-after.ts';

/** What follows from one attempt. */
export type Verdict =
  | { readonly kind: 'page'; readonly page: ApiPage }
  | { readonly kind: 'stop'; readonly failure: Failure }
  /** `afterMs` where the server said when; `everyone`: all who use this key wait. */
  | { readonly kind: 'again'; readonly failure: Failure; readonly afterMs?: number; readonly everyone: boolean };

export type Asked = PageAddress & { readonly key: string; readonly host: string };

export type Received = RetryHeaders & {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
  readonly end: 'whole' | 'too-large' | NetworkProblem;
};

/** No name of a host is longer. */
const hostLimit = 255;
const kept = 'What is already here is kept.';

function says({ message, id }: ApiErrorBody): string {
  if (message === null) return '';
  return ` It says "${message}"${id === null ? '' : ` (${id})`}.`;
}

/** The refusals that no repetition changes, with what to do about each (api/README's table of errors). */
function refusal(status: number, body: ApiErrorBody, asked: Asked): Failure {
  const { userId, host, page, perPage } = asked;
  const user = redact(userId, [asked.key]);
  const words = says(body);
  if (status === 401) {
    const message = `The API key was not accepted (401). Enter the account's key again: it may have been replaced in QuestionPro. ${kept}`;
    return failure('unauthorized', message);
  }
  if (status === 403) {
    const advice = userId
      ? `This key may not read the images of user "${user}" (403). Use that user's own key, or leave the user ID empty for the key's own images.`
      : 'This key may not read images (403). Ask whoever manages your QuestionPro licence for access to the API.';
    return failure('forbidden', `${advice}${words}`);
  }
  if (status === 404) {
    const advice = userId
      ? `There is no user "${user}" in this data centre, ${host} (404). Check the user ID and the data centre.`
      : `${host} knows no images of this key (404). Check the data centre, or enter the user ID.`;
    return failure('no-such-user', advice);
  }
  if (status === 407) {
    return failure('proxy-refused', 'The proxy asks for a user name and password (407). Put them into HTTPS_PROXY.');
  }
  const parameters = `page ${page}, ${perPage} a page, user ID ${userId ? `"${user}"` : 'empty'}`;
  const message = `${host} did not accept the request (${status}).${words} It asked for ${parameters}: check the user ID and the data centre.`;
  return failure('bad-request', message);
}

function throttled(received: Received, now: number): Verdict {
  const afterMs = retryAfterMs(received, now);
  const until = afterMs === undefined ? '' : ` until ${formatMoment(now + afterMs)}`;
  const message = `QuestionPro asks to wait${until}: too many calls were made with this key. ${kept} Go on after that.`;
  const more = afterMs === undefined ? {} : { retryAt: now + afterMs };
  const again = { kind: 'again', failure: failure('throttled', message, more), everyone: true } as const;
  return afterMs === undefined ? again : { ...again, afterMs };
}

function serverError(status: number, received: Received, now: number): Verdict {
  const afterMs = retryAfterMs(received, now);
  const more = afterMs === undefined ? {} : { retryAt: now + afterMs };
  const message = `QuestionPro's server has trouble (${status}). ${kept} Try again later: it goes on where it stopped.`;
  const again = { kind: 'again', failure: failure('server-error', message, more), everyone: false } as const;
  return afterMs === undefined ? again : { ...again, afterMs };
}

function again(code: 'cut-off' | 'not-the-api', message: string): Verdict {
  return { kind: 'again', failure: failure(code, `${message} ${kept}`), everyone: false };
}

function notTheApi(host: string): Verdict {
  const message = `What answers at ${host} is not the image API: a login page, perhaps, or another service. Check the data centre, and whether the network asks you to sign in.`;
  return again('not-the-api', message);
}

function success({ status, text, end }: Received, asked: Asked): Verdict {
  if (end === 'too-large') {
    return {
      kind: 'stop',
      failure: failure('not-the-api', `The answer of ${asked.host} is too large for a page of images.`),
    };
  }
  if (end !== 'whole') return judgeProblem(end);
  const body = text.trim();
  if (body === '') {
    return again('cut-off', `The answer of ${asked.host} was empty (${status}). Try again later.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    if (!/^[[{]/.test(body)) return notTheApi(asked.host);
    return again('cut-off', `The answer of ${asked.host} ended too early or was damaged. Try again later.`);
  }
  const page = parsePage(json, asked);
  if (!page.ok) return notTheApi(asked.host);
  return { kind: 'page', page: page.value };
}

/** What an answer means: the status decides, whatever the body is; only a 429 and a 200 are looked into. */
export function judgeAnswer(received: Received, asked: Asked, now: number): Verdict {
  const { status } = received;
  if (status >= 200 && status < 300) return success(received, asked);
  const body = readApiError(received.text, asked.key);
  if (status === 429 && saysAllowanceUsedUp(body)) {
    const message = `The licence's allowance of API calls is used up.${says(body)} ${kept} Sync again once it is renewed or raised.`;
    return { kind: 'stop', failure: failure('allowance-used-up', message) };
  }
  if (status === 429) return throttled(received, now);
  if (status >= 500) return serverError(status, received, now);
  if (status === 408 || status === 425) return serverError(status, received, now);
  if (status >= 400) return { kind: 'stop', failure: refusal(status, body, asked) };
  const to = redact(locationOf(received.location, asked.origin)?.host ?? 'another place', [asked.key], hostLimit);
  const message = `${asked.host} redirects to ${to} (${status}), which is not followed, as the key would go along. Check the data centre.`;
  return { kind: 'stop', failure: failure('not-the-api', message) };
}

/** Those that may have passed a moment later. */
const passing: ReadonlySet<NetworkProblemKind> = new Set([
  'timed-out',
  'connection-lost',
  'connection-refused',
  'cut-off',
]);

/** What a failed connection or a broken body means. */
export function judgeProblem({ kind, message }: NetworkProblem): Verdict {
  const codes = { 'connection-lost': 'cut-off', 'not-http': 'not-the-api' } as const;
  const code = kind === 'connection-lost' || kind === 'not-http' ? codes[kind] : kind;
  const found = failure(code, message);
  return passing.has(kind) ? { kind: 'again', failure: found, everyone: false } : { kind: 'stop', failure: found };
}
