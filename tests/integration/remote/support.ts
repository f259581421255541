import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { CallLedger } from '../../../main/ports/call-ledger.ts';
import type { Clock } from '../../../main/ports/clock.ts';
import { createGate, type Gate, type GateDeps } from '../../../main/adapters/remote/gate.ts';
import type { TestCertificate } from './certificate.ts';

export const key = 'abcd-1234-EFGH-5678';
export type Seen = { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] };
export type TestServer = { readonly origin: string; readonly port: number; readonly seen: readonly Seen[] };

const cleanups: (() => Promise<void>)[] = [];

/** Stops everything that a test started; for `afterEach`. */
export async function stopAll(): Promise<void> {
  await Promise.all(cleanups.splice(0).map((stop) => stop()));
}

async function listen(server: Server, scheme: string, seen: Seen[]): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `${scheme}://127.0.0.1:${port}`, port, seen };
}

function recording(seen: Seen[], answer: RequestListener): RequestListener {
  return (request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    answer(request, response);
  };
}

/** Starts a server on loopback that records its requests. */
export function serve(answer: RequestListener): Promise<TestServer> {
  const seen: Seen[] = [];
  return listen(createServer(recording(seen, answer)), 'http', seen);
}

export function serveTls(certificate: TestCertificate, answer: RequestListener): Promise<TestServer> {
  const seen: Seen[] = [];
  return listen(createTlsServer({ ...certificate }, recording(seen, answer)), 'https', seen);
}

export type TestProxy = TestServer & { readonly tunnels: readonly string[] };

/** Starts a CONNECT proxy that connects every host to one local port, or answers with a status instead. */
export async function serveProxy(port: number, status = 200): Promise<TestProxy> {
  const seen: Seen[] = [];
  const tunnels: string[] = [];
  const server = createServer(recording(seen, (_request, response) => void response.writeHead(status).end('by proxy')));
  server.on('connect', (request, socket) => {
    tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    // The server no longer counts a tunnel among its connections.
    cleanups.push(() => {
      socket.destroy();
      upstream.destroy();
      return Promise.resolve();
    });
  });
  return { ...(await listen(server, 'http', seen)), tunnels };
}

export type TestClock = Clock & { readonly slept: readonly number[]; advance(ms: number): void };

/** Creates a clock on which waiting takes no time and is recorded. */
export function instantClock(): TestClock {
  let now = Date.UTC(2026, 10, 24, 12);
  const slept: number[] = [];
  return {
    slept,
    advance(ms) {
      now += ms;
    },
    now: () => now,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.reject(new DOMException('Cancelled', 'AbortError'));
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

export type TestLedger = CallLedger & { readonly reserved: readonly string[]; readonly held: readonly number[] };

/** Creates a ledger without waits except those in `waits`, in order. */
export function memoryLedger(waits: readonly number[] = []): TestLedger {
  const left = [...waits];
  const reserved: string[] = [];
  const held: number[] = [];
  let until = 0;
  return {
    reserved,
    held,
    reserve(name, now) {
      reserved.push(name);
      return { waitMs: Math.max(left.shift() ?? 0, until - now) };
    },
    heldMs: (_name, now) => Math.max(0, until - now),
    holdUntil(_name, at) {
      held.push(at);
      until = Math.max(until, at);
    },
    fingerprint: (text) => `fingerprint of ${text.length} characters`,
  };
}

export type TestGate = { readonly gate: Gate; readonly clock: TestClock; readonly ledger: TestLedger };
type GateOptions = Omit<Partial<GateDeps>, 'ledger' | 'network'> & {
  readonly ledger?: TestLedger;
  readonly trusted?: readonly string[];
  /** Proxies by host name; other hosts are connected directly. */
  readonly proxies?: Readonly<Record<string, string>>;
  /** IP addresses by name; other names don't exist. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
};

export function openGate(options: GateOptions = {}): TestGate {
  const { trusted = [], proxies = {}, names = {}, ...rest } = options;
  const clock = instantClock();
  const ledger = options.ledger ?? memoryLedger();
  const gate = createGate({
    network: {
      certificates: () => [...rootCertificates.slice(0, 5), ...trusted],
      proxyFor: (url) => Promise.resolve(proxies[url.hostname]),
    },
    clock,
    random: () => 0.5,
    log: () => undefined,
    version: '1.2.3',
    resolve(hostname) {
      const found = names[hostname];
      const missing = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
      if (!found) return Promise.reject(missing);
      return Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
    ...rest,
    ledger,
  });
  cleanups.push(() => gate.close());
  return { gate, clock, ledger };
}

/** Sends a complete response. */
export function send(response: ServerResponse, status: number, body: string | Uint8Array, headers: object = {}): void {
  response.writeHead(status, { ...headers });
  response.end(body);
}
