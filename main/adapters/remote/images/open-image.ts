import type { AddressKind } from '../../../domain/network/address-kind.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { imageProblem, kindsForImages, redirectLimit, redirectProblem } from '../../../domain/network/gate-rules.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import { dropBody, type Answer, type Exchange } from '../http/exchange.ts';
import { rangeHeaders, readImageAnswer } from './image-response.ts';
import { notPermittedProblem, problemOfNetwork } from './image-problem.ts';
import type { OpenImage } from './image-source.ts';
import { createKeyDetector } from '../redact/key-spellings.ts';
import { locationOf } from './location.ts';
import type { OriginKind } from './origin-kind.ts';
import { untilAborted } from '../http/until-aborted.ts';

export type OpenImageSettings = {
  readonly exchange: Exchange;
  readonly originKind: OriginKind;
  readonly clock: Clock;
  readonly knownKeys: () => Iterable<string>;
  readonly stallMs: number;
};

type Arrived = { readonly answer: Answer; readonly url: URL };
type Journey = {
  readonly headers: Readonly<Record<string, string>>;
  readonly permitted: readonly AddressKind[];
  readonly holdsKey: (text: string) => boolean;
};

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function nextHop(answer: Answer, from: URL, { permitted, holdsKey }: Journey): Result<URL, FetchProblem> {
  const to = locationOf(answer.header('location'), from.href);
  if (!to) {
    const message = `${from.host} redirects to nowhere (${answer.status}).`;
    return fail({ code: 'unexpected-answer', canRetry: false, status: answer.status, message });
  }
  if (holdsKey(to.href)) {
    const message = `${from.host} redirects to an address that holds an API key, which is not followed.`;
    return fail({ ...notPermittedProblem(message), status: answer.status });
  }
  const problem = redirectProblem(from, to, permitted);
  return problem === undefined ? ok(to) : fail({ ...notPermittedProblem(problem), status: answer.status });
}

export function createOpenImage(settings: OpenImageSettings): OpenImage {
  const { exchange, originKind, clock, stallMs } = settings;

  /** Follows redirects, each hop checked like the first; the key is not in this function's reach. */
  async function travel(start: URL, journey: Journey, signal: AbortSignal): Promise<Result<Arrived, FetchProblem>> {
    const { headers, permitted } = journey;
    let url = start;
    for (let hop = 0; hop <= redirectLimit; hop += 1) {
      const sent = await exchange({ url, headers, permitted }, signal);
      if (!sent.ok) return fail(problemOfNetwork(sent.error));
      if (!redirects.has(sent.value.status)) return ok({ answer: sent.value, url });
      const next = nextHop(sent.value, url, journey);
      dropBody(sent.value.body);
      if (!next.ok) return next;
      url = next.value;
    }
    const message = `${start.host} redirects more than ${redirectLimit} times: the file is behind a loop.`;
    return fail({ code: 'redirect-loop', canRetry: false, message });
  }

  return async (request, signal) => {
    const url = URL.parse(request.url);
    if (!url) return fail(notPermittedProblem('The address of this image is none that could be fetched.'));
    const holdsKey = createKeyDetector(settings.knownKeys());
    if (holdsKey(request.url)) {
      return fail(notPermittedProblem('The address of this image holds an API key: it is not fetched.'));
    }
    const kind = await untilAborted(originKind(request.accountOrigin), signal).catch(() => undefined);
    if (kind === undefined) return fail(problemOfNetwork({ kind: 'cancelled', message: 'It was cancelled.' }));
    const permitted = kindsForImages(kind);
    const problem = imageProblem(url, permitted);
    if (problem !== undefined) return fail(notPermittedProblem(problem));
    const headers = { accept: 'image/*,*/*;q=0.8', ...rangeHeaders(request) };
    const arrived = await travel(url, { headers, permitted, holdsKey }, signal);
    if (!arrived.ok) return arrived;
    return readImageAnswer(arrived.value.answer, request, { host: arrived.value.url.host, now: clock.now(), stallMs });
  };
}
