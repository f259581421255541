import type { CallLedger } from '../../ports/call-ledger.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Network } from '../../ports/network.ts';
import { createApiClient, type FetchPage } from './api/api-client.ts';
import { createRateLimiter } from './api/rate-limiter.ts';
import { createConnections, resolveBySystem } from './http/connections.ts';
import { createExchange } from './http/exchange.ts';
import type { ResolveName } from './http/guarded-connector.ts';
import type { OpenImage } from './images/image-source.ts';
import { createOpenImage } from './images/open-image.ts';
import { createOriginKind } from './images/origin-kind.ts';

/** The only way out of this process: pages of the image API with the key, images without it, both by GET. */
export type Gate = {
  readonly page: FetchPage;
  readonly openImage: OpenImage;
  /** Breaks off what is under way. */
  close(): Promise<void>;
};

export type TimeLimits = {
  readonly connectMs: number;
  /** From the request to the head of its answer. */
  readonly headersMs: number;
  /** Without a single byte of a body. */
  readonly stallMs: number;
  /** One attempt at a page, its body included. */
  readonly attemptMs: number;
};

export type GateDeps = {
  readonly network: Network;
  readonly ledger: CallLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The product's own, for `User-Agent`. */
  readonly version: string;
  /** The API keys that this process has seen: no image is fetched from an address that holds one. */
  readonly knownKeys?: () => Iterable<string>;
  /** Leads names such as `sample.localhost` to a server of this process; undefined for a name that is none of its. */
  readonly loopbackPort?: (host: string) => number | Promise<number> | undefined;
  /** DNS, the system's own where absent. */
  readonly resolve?: ResolveName;
  readonly limits?: Partial<TimeLimits>;
  /** Connections to one origin at once. */
  readonly connectionsPerOrigin?: number;
};

const usualLimits: TimeLimits = { connectMs: 10_000, headersMs: 15_000, stallMs: 15_000, attemptMs: 60_000 };
/** 64 transfers to a host, and the thumbnails beside them. */
const usualConnections = 80;

export function createGate(deps: GateDeps): Gate {
  const { network, ledger, clock, random, log, version } = deps;
  const limits = { ...usualLimits, ...deps.limits };
  const resolve = deps.resolve ?? resolveBySystem;
  const connectionsPerOrigin = deps.connectionsPerOrigin ?? usualConnections;
  const connections = createConnections({
    network,
    resolve,
    loopbackPort: deps.loopbackPort,
    connectionsPerOrigin,
    ...limits,
  });
  const exchange = createExchange({ connections, userAgent: `contact-sheet/${version}`, log, ...limits });
  const places = createRateLimiter(ledger, clock);
  const originKind = createOriginKind({ network, resolve, clock });
  const fetchPage = createApiClient({ exchange, places, clock, random, ...limits });
  const closing = new AbortController();

  return {
    page: (target, watch) => fetchPage(target, { ...watch, signal: AbortSignal.any([watch.signal, closing.signal]) }),
    openImage: createOpenImage({ exchange, originKind, clock, knownKeys: deps.knownKeys ?? (() => []), ...limits }),
    async close() {
      closing.abort();
      await connections.close();
    },
  };
}
