import { Agent, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { AddressKind } from '../../../domain/network/address-kind.ts';
import { mendingConnector } from './repair-responses.ts';
import { guardedConnector, type ResolveName } from './guarded-connector.ts';
import type { TlsOptions } from './tls-options.ts';

export type DispatcherSettings = {
  readonly resolve: ResolveName;
  readonly tls: () => TlsOptions;
  readonly connectionsPerOrigin: number;
  readonly connectMs: number;
  readonly headersMs: number;
};

export type Dispatchers = {
  /** The connections for these addresses, direct or through this proxy. */
  get(permitted: readonly AddressKind[], proxy: URL | null): Dispatcher;
  close(): Promise<void>;
};

/** Bytes of an answer's head. */
const maxHeaderSize = 32_768;

function throughProxy(proxy: URL, settings: DispatcherSettings): Dispatcher {
  const { connectMs, headersMs } = settings;
  const limits = { connections: settings.connectionsPerOrigin, maxHeaderSize, allowH2: false };
  const tls = { ...settings.tls(), timeout: connectMs, allowH2: false };
  const pool = (origin: string | URL, options: Pool.Options): Pool => {
    const { connect } = options;
    const mended = typeof connect === 'function' ? { connect: mendingConnector(connect) } : {};
    return new Pool(origin, { ...options, ...limits, ...mended });
  };
  return new ProxyAgent({
    ...limits,
    uri: proxy.href,
    connectTimeout: connectMs,
    requestTls: tls,
    proxyTls: tls,
    // The pools that ProxyAgent makes by itself have neither limits nor time limits.
    factory: pool,
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: headersMs, allowH2: false }),
  });
}

function direct(permitted: readonly AddressKind[], settings: DispatcherSettings): Dispatcher {
  const { resolve, connectMs } = settings;
  const connect = guardedConnector({ permitted, resolve, tls: settings.tls(), timeoutMs: connectMs });
  return new Agent({ connections: settings.connectionsPerOrigin, maxHeaderSize, allowH2: false, connect });
}

/** Kept-alive connections, apart for each set of permitted addresses and each proxy, so that none is shared across them. */
export function createDispatchers(settings: DispatcherSettings): Dispatchers {
  const made = new Map<string, Dispatcher>();
  return {
    get(permitted, proxy) {
      const name = `${permitted.join()} ${proxy?.href ?? ''}`;
      const known = made.get(name);
      if (known) return known;
      const fresh = proxy ? throughProxy(proxy, settings) : direct(permitted, settings);
      made.set(name, fresh);
      return fresh;
    },
    async close() {
      const open = [...made.values()];
      made.clear();
      await Promise.all(open.map((dispatcher) => dispatcher.destroy()));
    },
  };
}
