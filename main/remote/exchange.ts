import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AddressKind } from '../domain/address-kind.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { Log } from '../ports/log.ts';
import { untilAborted } from './until-aborted.ts';
import type { Connections, Route } from './connections.ts';
import { codeOf, describeNetworkError, kindOfError, type NetworkProblem } from './network-problem.ts';
import { tlsSentence } from './tls-words.ts';

export type Outgoing = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly permitted: readonly AddressKind[];
  /** Called when a connection stands and the request goes out on it: not for one that can't be made. */
  readonly onSent?: (() => void) | undefined;
};

/** An answer whose body is still to be read or dropped. */
export type Answer = {
  readonly status: number;
  /** The first value of a header, by its name in lower case. */
  header(name: string): string | undefined;
  readonly body: Dispatcher.ResponseData['body'];
  /** What an error met while reading the body means. */
  explain(error: unknown): NetworkProblem;
};

/** Sends one GET and waits for the head of its answer, following nothing. */
export type Exchange = (outgoing: Outgoing, signal: AbortSignal) => Promise<Result<Answer, NetworkProblem>>;

export type ExchangeSettings = {
  readonly connections: Connections;
  readonly userAgent: string;
  readonly connectMs: number;
  readonly headersMs: number;
  readonly log: Log;
};

/** Bytes of an unwanted body that are read so that the connection can be used again. */
const dropBytes = 16_384;
/** A request may wait this long for a free connection before the watchdog takes it for hung. */
const queueMs = 30_000;

/** Gives up a body; a short rest is read so that its connection lives on. */
export function dropBody(body: Answer['body']): void {
  body.dump({ limit: dropBytes, signal: AbortSignal.timeout(1_000) }).catch(() => body.destroy());
}

/** Why a signal fired, as the classification knows it: a time limit, or somebody's wish. */
function abortReason(signal: AbortSignal): DOMException {
  const reason: unknown = signal.reason;
  const isTimeLimit = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isTimeLimit ? reason : new DOMException('Cancelled', 'AbortError');
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value[0] : value;
}

function announced(dispatcher: Dispatcher, onSent: () => void): Dispatcher {
  return dispatcher.compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart(...given) {
          onSent();
          handler.onRequestStart?.(...given);
        },
        onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
        onResponseStart: (...given) => handler.onResponseStart?.(...given),
        onResponseData: (...given) => handler.onResponseData?.(...given),
        onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
        onResponseError: (...given) => handler.onResponseError?.(...given),
      }),
  );
}

export function createExchange({ connections, userAgent, connectMs, headersMs, log }: ExchangeSettings): Exchange {
  function problem(error: unknown, outgoing: Outgoing, route: Route): NetworkProblem {
    const kind = kindOfError(error, route.proxy !== null);
    if (kind === undefined) throw error;
    log('debug', 'request failed', { host: outgoing.url.host, kind, code: codeOf(error) });
    return describeNetworkError(kind, error, { host: outgoing.url.host, proxy: route.proxy?.host ?? null });
  }

  async function explained(error: unknown, outgoing: Outgoing, route: Route): Promise<NetworkProblem> {
    const found = problem(error, outgoing, route);
    if (found.kind !== 'tls-refused') return found;
    const certificate = await connections.inspect(outgoing.url, route, outgoing.permitted);
    return { ...found, message: tlsSentence(codeOf(error), outgoing.url.host, certificate) };
  }

  async function request(outgoing: Outgoing, route: Route, signal: AbortSignal): Promise<Answer> {
    // One controller for each request: a batch's signal would gather listeners, and a hung request needs its watchdog.
    const controller = new AbortController();
    const onAbort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const release = (): void => signal.removeEventListener('abort', onAbort);
    const watchdog = setTimeout(
      () => controller.abort(new DOMException('No answer', 'TimeoutError')),
      connectMs + headersMs + queueMs,
    );
    try {
      const dispatcher = outgoing.onSent ? announced(route.dispatcher, outgoing.onSent) : route.dispatcher;
      const sent = dispatcher.request({
        origin: route.origin,
        path: outgoing.url.pathname + outgoing.url.search,
        method: 'GET',
        headers: { 'user-agent': userAgent, 'accept-encoding': 'identity', ...outgoing.headers, ...route.headers },
        headersTimeout: headersMs,
        // Stalls are watched where the body is read (body.ts), so that a slow reader is no stall.
        bodyTimeout: 0,
        signal: controller.signal,
      });
      // undici hears the signal only once it is connected.
      const late = ({ body }: Dispatcher.ResponseData): unknown => body.destroy();
      const { statusCode, headers, body } = await untilAborted(sent, controller.signal, late);
      body.once('close', release);
      // Without a listener an error that comes before the body is read would end the process.
      body.on('error', () => undefined);
      const explain = (error: unknown): NetworkProblem =>
        problem(signal.aborted ? abortReason(signal) : error, outgoing, route);
      return { status: statusCode, header: (name) => headerOf(headers, name), body, explain };
    } catch (error) {
      release();
      throw error;
    } finally {
      clearTimeout(watchdog);
    }
  }

  return async (outgoing, signal) => {
    const found = await connections.route(outgoing.url, outgoing.permitted);
    if (!found.ok) return found;
    try {
      signal.throwIfAborted();
      return ok(await request(outgoing, found.value, signal));
    } catch (error) {
      const reason = signal.aborted ? abortReason(signal) : error;
      return fail(await explained(reason, outgoing, found.value));
    }
  };
}
