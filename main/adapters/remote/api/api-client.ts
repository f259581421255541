import { apiPatience, backoffMs } from '../../../domain/network/backoff.ts';
import { hostKind } from '../../../domain/network/address-kind.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import { apiPath, isAccountOrigin, kindsForApi, mayCarryKey } from '../../../domain/network/gate-rules.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Clock, Random } from '../../../ports/clock.ts';
import type { ApiPage } from './api-page.ts';
import { judgeAnswer, judgeProblem, type Asked, type Verdict } from './api-verdict.ts';
import { readText } from '../http/body.ts';
import type { RateLimiter, Wait } from './rate-limiter.ts';
import { decodedBody } from '../http/content-coding.ts';
import { dropBody, type Answer, type Exchange } from '../http/exchange.ts';
import type { NetworkProblem } from '../http/network-problem.ts';
import { retryHeadersOf } from '../http/retry-after.ts';

/** Which page of whose images. `userId` '' stands for the key's own account. */
export type PageTarget = {
  readonly origin: string;
  readonly userId: string;
  readonly key: string;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
};

export type PageWatch = {
  readonly signal: AbortSignal;
  /** A request goes out: one call of the licence's allowance, each retry another. */
  readonly onCall?: () => void;
  readonly onWait?: (wait: Wait) => void;
  /** One attempt and no more, and none where it would have to wait: for a test that costs one call and answers soon. */
  readonly once?: boolean;
};

/** Fetches one page: waits for its turn, retries what can help, and gives the reason in words where nothing does. */
export type FetchPage = (target: PageTarget, watch: PageWatch) => Promise<Result<ApiPage>>;

export type ApiClientSettings = {
  readonly exchange: Exchange;
  readonly places: RateLimiter;
  readonly clock: Clock;
  readonly random: Random;
  readonly stallMs: number;
  /** One attempt, its body included. */
  readonly attemptMs: number;
};

const pageBytes = 20_000_000;
const errorBytes = 65_536;

function addressOf(target: PageTarget): Result<{ url: URL; asked: Asked }> {
  const base = URL.parse(target.origin);
  const isBare = base?.pathname === '/' && base.search === '' && base.hash === '';
  if (!base || !isBare || !isAccountOrigin(base)) {
    const message =
      "The account's address is no https origin (http is for this machine only). Correct the data centre.";
    return fail(failure('not-permitted', message));
  }
  const asked = { ...target, origin: base.origin, host: base.host };
  const path = apiPath(asked);
  const url = path === undefined ? null : URL.parse(path, base.origin);
  if (!url || !mayCarryKey(url, asked)) {
    return fail(failure('not-permitted', 'No address can be made of this user ID. Correct it in the account.'));
  }
  if (!/^[\x21-\x7e]+$/.test(target.key)) {
    return fail(failure('bad-input', "The account's key holds characters that no key has. Enter it again."));
  }
  return ok({ url, asked });
}

async function receive(answer: Answer, asked: Asked, clock: Clock, stallMs: number): Promise<Verdict> {
  const { status } = answer;
  const isSuccess = status >= 200 && status < 300;
  const body = decodedBody(answer);
  const limitBytes = isSuccess ? pageBytes : errorBytes;
  const read = body.ok ? await readText(body.value, limitBytes, stallMs) : unreadable(answer, asked.host, body.error);
  const end = read.end === 'broken' ? answer.explain(read.error) : read.end;
  const received = { status, location: answer.header('location'), ...retryHeadersOf(answer) };
  return judgeAnswer({ ...received, text: read.text, end }, asked, clock.now());
}

function unreadable(
  answer: Answer,
  host: string,
  codings: string,
): { readonly text: ''; readonly end: NetworkProblem } {
  dropBody(answer.body);
  const message = `${host} answers in an encoding that can't be undone here (${codings}). Check the data centre.`;
  return { text: '', end: { kind: 'not-http', message } };
}

/** How long to wait before the next attempt, or undefined to give up. */
type Patience = (verdict: Verdict & { kind: 'again' }, attemptMs: number) => number | undefined;

function createPatience(random: Random): Patience {
  let retries = 0;
  let obeyed = 0;
  let spentMs = 0;
  return ({ afterMs, everyone }, attemptMs) => {
    if (afterMs !== undefined && everyone) {
      obeyed += 1;
      return afterMs > apiPatience.longestWaitMs || obeyed > apiPatience.obeyedWaits ? undefined : afterMs;
    }
    retries += 1;
    spentMs += attemptMs;
    if (retries > apiPatience.retries || spentMs >= apiPatience.totalMs) return undefined;
    if (afterMs !== undefined) return afterMs > apiPatience.longestWaitMs ? undefined : afterMs;
    const delayMs = Math.min(backoffMs(retries, random), apiPatience.totalMs - spentMs);
    spentMs += delayMs;
    return delayMs;
  };
}

export function createApiClient({ exchange, places, clock, random, stallMs, attemptMs }: ApiClientSettings): FetchPage {
  async function attempt(url: URL, asked: Asked, watch: PageWatch): Promise<Verdict> {
    const signal = AbortSignal.any([watch.signal, AbortSignal.timeout(attemptMs)]);
    const headers = { accept: 'application/json', 'api-key': asked.key };
    const sent = await exchange({ url, headers, permitted: kindsForApi(url), onSent: watch.onCall }, signal);
    return sent.ok ? receive(sent.value, asked, clock, stallMs) : judgeProblem(sent.error);
  }

  async function patiently(url: URL, asked: Asked, watch: PageWatch): Promise<Result<ApiPage>> {
    const patience = createPatience(random);
    const onWait = watch.onWait ?? (() => undefined);
    const isLimited = hostKind(url.hostname) !== 'loopback';
    for (;;) {
      const refused = await places.take(asked.key, isLimited, onWait, watch.signal, watch.once ? 0 : undefined);
      if (refused) return fail(refused);
      const startedAt = clock.now();
      const verdict = await attempt(url, asked, watch);
      if (watch.signal.aborted) return fail(cancelled());
      if (verdict.kind === 'page') return ok(verdict.page);
      if (verdict.kind === 'stop') return fail(verdict.failure);
      const now = clock.now();
      const delayMs = patience(verdict, now - startedAt);
      if (verdict.everyone) places.hold(asked.key, now + (verdict.afterMs ?? delayMs ?? 0));
      if (delayMs === undefined || watch.once) return fail(verdict.failure);
      if (!verdict.everyone) {
        onWait({ until: now + delayMs, reason: 'failed', why: verdict.failure.message });
        await clock.sleep(delayMs, watch.signal);
      }
    }
  }

  return async (target, watch) => {
    const address = addressOf(target);
    if (!address.ok) return address;
    try {
      return await patiently(address.value.url, address.value.asked, watch);
    } catch (error) {
      if (watch.signal.aborted) return fail(cancelled());
      throw error;
    }
  };
}

function cancelled(): Failure {
  return failure('cancelled', 'It was cancelled. What was done is kept.');
}
