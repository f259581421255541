import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AddressKind } from '../../../domain/network/address-kind.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Log } from '../../../ports/log.ts';
import { untilAborted } from './until-aborted.ts';
import type { Connections, Route } from './connections.ts';
import { codeOf, describeNetworkError, kindOfError, type NetworkProblem } from './network-problem.ts';
import { tlsSentence } from './tls-text.ts';

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
  /** A header's value by its name in lower case; each character stands for one byte. */
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

/** Headers whose repetitions are one list (RFC 9110 5.3); of all others the first value counts. */
const lists: ReadonlySet<string> = new Set(['content-encoding']);

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (!Array.isArray(value)) return value;
  return lists.has(name) ? value.join(', ') : value[0];
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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

type Explain = {
  /** Classifies an error and words it. */
  problem(error: unknown, outgoing: Outgoing, proxy: URL | null): NetworkProblem;
  /** The same, with the certificate that a refused TLS connection was shown. */
  explained(error: unknown, outgoing: Outgoing, route: Route | undefined): Promise<NetworkProblem>;
};

function createExplain({ connections, log }: Pick<ExchangeSettings, 'connections' | 'log'>): Explain {
  function problem(error: unknown, outgoing: Outgoing, proxy: URL | null): NetworkProblem {
    const { host } = outgoing.url;
    const kind = kindOfError(error, proxy !== null);
    if (kind === undefined) {
      // Whatever a library throws over one answer fails that request alone.
      log('error', 'a request failed unexpectedly', { host, error: textOf(error) });
      const message = `The request to ${host} failed unexpectedly; the log has the details. Try again later.`;
      return { kind: 'not-http', message };
    }
    log('debug', 'request failed', { host, kind, code: codeOf(error) });
    return describeNetworkError(kind, error, { host, proxy: proxy?.host ?? null });
  }

  async function explained(error: unknown, outgoing: Outgoing, route: Route | undefined): Promise<NetworkProblem> {
    const found = problem(error, outgoing, route?.proxy ?? null);
    if (found.kind !== 'tls-refused' || route === undefined) return found;
    const certificate = await connections.inspect(outgoing.url, route, outgoing.permitted);
    return { ...found, message: tlsSentence(codeOf(error), outgoing.url.host, certificate) };
  }

  return { problem, explained };
}

export function createExchange({ connections, userAgent, connectMs, headersMs, log }: ExchangeSettings): Exchange {
  const { problem, explained } = createExplain({ connections, log });

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
        problem(signal.aborted ? abortReason(signal) : error, outgoing, route.proxy);
      return { status: statusCode, header: (name) => headerOf(headers, name), body, explain };
    } catch (error) {
      release();
      throw error;
    } finally {
      clearTimeout(watchdog);
    }
  }

  return async (outgoing, signal) => {
    let route: Route | undefined;
    const counting = guardCount(outgoing.onSent);
    try {
      const found = await connections.route(outgoing.url, outgoing.permitted);
      if (!found.ok) return found;
      route = found.value;
      signal.throwIfAborted();
      return ok(await request({ ...outgoing, onSent: counting.onSent }, route, signal));
    } catch (error) {
      counting.rethrow();
      const reason = signal.aborted ? abortReason(signal) : error;
      return fail(await explained(reason, outgoing, route));
    }
  };
}

/** Keeps what `onSent` throws, which comes back through undici as if the request had failed. */
function guardCount(onSent: Outgoing['onSent']): { readonly onSent: Outgoing['onSent']; rethrow(): void } {
  let thrown: { readonly error: unknown } | undefined;
  const guarded = (): void => {
    try {
      onSent?.();
    } catch (error) {
      thrown = { error };
      throw error;
    }
  };
  return {
    onSent: onSent && guarded,
    rethrow() {
      if (thrown) throw thrown.error;
    },
  };
}
