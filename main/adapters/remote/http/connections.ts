import type { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Dispatcher } from 'undici';
import { hostKind, isLocalhostName, type AddressKind } from '../../../domain/network/address-kind.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Network } from '../../../ports/network.ts';
import { inspectCertificate } from './certificates.ts';
import { createDispatchers } from './dispatchers.ts';
import { guardedLookup, type ResolveName } from './guarded-connector.ts';
import type { NetworkProblem } from './network-problem.ts';
import { createTlsOptions, type TlsOptions } from './tls-options.ts';

export type ConnectionSettings = {
  readonly network: Network;
  readonly resolve: ResolveName;
  readonly loopbackPort?: ((host: string) => number | Promise<number> | undefined) | undefined;
  readonly connectionsPerOrigin: number;
  readonly connectMs: number;
  readonly headersMs: number;
};

/** How one URL is reached. `headers` are those that the way itself needs. */
export type Route = {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: URL | null;
};

export type Connections = {
  /** The URL must have passed the rules; what its name resolves to is checked when the connection is made. */
  route(url: URL, permitted: readonly AddressKind[]): Promise<Result<Route, NetworkProblem>>;
  /** Reads the certificate that a refused TLS connection was shown. */
  inspect(url: URL, route: Route, permitted: readonly AddressKind[]): Promise<X509Certificate | undefined>;
  close(): Promise<void>;
};

/** Nothing is remembered between connections: each sees what DNS says now. */
export const resolveBySystem: ResolveName = (hostname) => lookup(hostname, { all: true, order: 'verbatim' });

function readProxy(setting: string | undefined): Result<URL | null, NetworkProblem> {
  if (setting === undefined) return ok(null);
  const url = URL.parse(setting);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return ok(url);
  const message = 'The proxy setting is no http or https address. Check HTTPS_PROXY and HTTP_PROXY.';
  return fail({ kind: 'proxy-refused', message });
}

export function createConnections(settings: ConnectionSettings): Connections {
  const { network, resolve, loopbackPort, connectMs } = settings;
  let tlsOptions: TlsOptions | undefined;
  // Reading hundreds of certificates takes long: once, and only when a connection is wanted.
  const tls = (): TlsOptions => (tlsOptions ??= createTlsOptions(network.certificates()));
  const dispatchers = createDispatchers({ ...settings, tls });

  let isClosed = false;

  return {
    async route(url, permitted) {
      if (isClosed) return fail({ kind: 'cancelled', message: 'The app is closing.' });
      if (url.protocol === 'http:' && isLocalhostName(url.hostname)) {
        const port = await loopbackPort?.(url.hostname);
        const dispatcher = dispatchers.get(['loopback'], null);
        const origin = `http://127.0.0.1:${port}`;
        if (port !== undefined) return ok({ dispatcher, origin, headers: { host: url.host }, proxy: null });
      }
      const isHere = hostKind(url.hostname) === 'loopback';
      const proxy = readProxy(isHere ? undefined : await network.proxyFor(url));
      if (!proxy.ok) return proxy;
      const dispatcher = dispatchers.get(permitted, proxy.value);
      return ok({ dispatcher, origin: url.origin, headers: {}, proxy: proxy.value });
    },

    inspect(url, { proxy }, permitted) {
      const guarded = guardedLookup(permitted, resolve);
      const inspection = { lookup: guarded, proxy, tls: tls(), timeoutMs: connectMs };
      return inspectCertificate(url, inspection).catch(() => undefined);
    },

    close() {
      isClosed = true;
      return dispatchers.close();
    },
  };
}
