import { randomBytes } from 'node:crypto';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ok, type Result } from '../../domain/result.ts';
import { refusal } from '../shared/page/responses.ts';
import type { Page } from '../shared/page/page.ts';
import { readImagePath } from '../shared/page/image-response.ts';
import { createAdmission, type Authentication } from './authentication.ts';
import { checkOrigin, comesFromAnotherSite, hostsOf, type Refusal } from './request-origin.ts';
import { createRpcServer, type RpcServer } from './rpc-server.ts';
import type { RpcSocket } from './rpc-socket.ts';
import { listen, listenOnSix, stopListening } from './listen.ts';
import { isGoneAway, sendResponse, toRequest } from './node-http.ts';
import { resolvesLocalNames } from './local-host-name.ts';
import { createPeerUsers, readConnectionTables, type Ends, type PeerUser } from './peer-user.ts';

export type WebHostDeps = {
  readonly page: Page;
  readonly door: RpcSocket;
  /** 0 lets the system choose. */
  readonly port: number;
  /**
   * Receives an address that signs in one browser: at the start, and a fresh one when an unauthenticated browser
   * connects.
   */
  readonly announce: (url: string) => void;
  /** Called whenever a browser used the address. */
  readonly entered?: () => void;
  /** Reports an unexpected error. */
  readonly report: (error: unknown) => unknown;
  /** Interval at which a page must answer a ping; defaults to 30 s. */
  readonly pingMs?: number;
};

export type WebHost = {
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
};

/** Serves the interface on this computer only. Fails with `busy` if the port is taken. */
export async function startWebHost(deps: WebHostDeps): Promise<Result<WebHost>> {
  const server = createServer();
  const listening = await listen(server, deps.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const authentication = createAdmission(port, () => randomBytes(32).toString('base64url'));
  const rpcServer = createRpcServer(deps.door, { pingMs: deps.pingMs ?? 30_000 });
  const ipv6Server = createServer();
  const ownHost = (await listenOnSix(ipv6Server, port))
    ? `${randomBytes(16).toString('hex')}.localhost:${port}`
    : undefined;
  const context: HostContext = {
    ...deps,
    authentication,
    rpcServer,
    ownHost,
    hosts: hostsOf(port, ownHost),
    announceToken: createAnnouncer(deps, authentication, port),
    userOf: createPeerUsers(readConnectionTables, process.geteuid?.()),
  };
  for (const one of [server, ipv6Server]) handleRequests(one, context);
  context.announceToken();
  return ok({
    port,
    async close() {
      const closed = [server, ipv6Server].map((one) => stopListening(one));
      await rpcServer.close();
      for (const one of [server, ipv6Server]) one.closeAllConnections();
      await Promise.all(closed);
    },
  });
}

function handleRequests(server: Server, context: HostContext): void {
  server.on('request', (incoming, outgoing) => {
    answerRequest(context, incoming, outgoing).catch((error: unknown) => {
      const isGone = isGoneAway(error);
      if (!isGone) context.report(error);
      if (isGone || outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end('Something went wrong: the log has it.\n');
    });
  });
  server.on('upgrade', (incoming, socket, head) => {
    answerUpgrade(context, incoming, socket, head).catch((error: unknown) => {
      context.report(error);
      socket.destroy();
    });
  });
}

type HostContext = WebHostDeps & {
  readonly authentication: Authentication;
  readonly rpcServer: RpcServer;
  readonly hosts: ReadonlySet<string>;
  /** A host name that no other port uses, so that its cookie is sent nowhere else; undefined if that is not safe. */
  readonly ownHost: string | undefined;
  readonly userOf: (socket: Ends) => Promise<PeerUser>;
  readonly announceToken: () => void;
};

/** Announces each token once, so that repeated requests do not fill the terminal. */
function createAnnouncer({ announce }: WebHostDeps, { token }: Authentication, port: number): () => void {
  let announced = '';
  return () => {
    if (announced === token()) return;
    announced = token();
    announce(`http://127.0.0.1:${port}/?token=${announced}`);
  };
}

const readMethods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

async function answerRequest(context: HostContext, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { host = '' } = incoming.headers;
  const origin = `http://${context.hosts.has(host.toLowerCase()) ? host.toLowerCase() : '127.0.0.1'}`;
  const refuse = ({ status, sentence }: Refusal, headers: Record<string, string> = {}) =>
    sendResponse(refusal(new Request(origin), status, sentence, { Connection: 'close', ...headers }), outgoing);
  const rejection = (await checkPeer(context, incoming.socket)) ?? checkOrigin(incoming, context.hosts, false);
  if (rejection !== undefined) return refuse(rejection);
  if (!readMethods.has(incoming.method)) return refuse(wrongMethod, { Allow: 'GET, HEAD' });
  const request = toRequest(incoming, outgoing, origin);
  if (request === undefined) return refuse(noSuchPath);
  const { pathname, searchParams } = new URL(request.url);
  // Browsers request it for every page that names no icon, as a refusal does, and report a failure in the console.
  if (pathname === '/favicon.ico') return sendResponse(new Response(null, { status: 204 }), outgoing);
  const token = pathname === '/' && request.method === 'GET' ? searchParams.get('token') : null;
  const isKnown = context.authentication.isKnown(incoming.headers.cookie);
  const signedIn = token === null ? undefined : signIn(context, incoming, { request, token, isKnown });
  if (signedIn !== undefined) return sendResponse(signedIn, outgoing);
  if (
    isKnown &&
    readImagePath(pathname) !== undefined &&
    !context.authentication.opensPictures(searchParams.get('k'))
  ) {
    context.announceToken();
    return refuse(noKey);
  }
  if (isKnown) return sendResponse(await context.page(request), outgoing);
  if (token === null && pathname === '/' && comesFromAnotherSite(incoming.headers)) {
    return sendResponse(reloadFromHere(request), outgoing);
  }
  context.announceToken();
  return refuse(token === null ? noCookie : usedToken);
}

/** Rejects processes of other users, if the system identifies them. */
async function checkPeer({ userOf }: HostContext, socket: Ends): Promise<Refusal | undefined> {
  return (await userOf(socket)) === 'other' ? otherUser : undefined;
}

type SignIn = { readonly request: Request; readonly token: string; readonly isKnown: boolean };

/** Signs in a browser by a token, on this run's own host name if the browser resolves it; undefined for a wrong one. */
function signIn(
  context: HostContext,
  { headers }: IncomingMessage,
  { request, token, isKnown }: SignIn,
): Response | undefined {
  const { authentication, ownHost, entered } = context;
  const isElsewhere = ownHost !== undefined && new URL(request.url).host !== ownHost;
  if (isElsewhere && !isKnown && authentication.isOurs(token) && resolvesLocalNames(headers['user-agent'])) {
    return refusal(request, 303, 'This way.', { Location: `http://${ownHost}/?token=${token}` });
  }
  // A signed-in browser may have lost the key: a fresh token restores it.
  if (!authentication.spend(token)) return isKnown ? refusal(request, 303, 'Come in.', { Location: '/' }) : undefined;
  entered?.();
  const { door, pictures } = authentication.pageKey;
  // Keeps the token out of history and bookmarks; the page removes the key from the address at once.
  const address = `/#key=${door}.${pictures}`;
  const cookie = { 'Set-Cookie': authentication.setCookie };
  // Browsers withhold a strict cookie on a redirect begun by another site, but not on this page's own requests.
  return comesFromAnotherSite(headers)
    ? refusal(request, 200, 'One moment.', { Refresh: `0; url=${address}`, ...cookie })
    : refusal(request, 303, 'Come in.', { Location: address, ...cookie });
}

/** Reloads the address from this site: the browser then sends the cookie that it may have. */
function reloadFromHere(request: Request): Response {
  return refusal(request, 200, 'One moment.', { Refresh: '0; url=/' });
}

async function answerUpgrade(
  context: HostContext,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // A rejected client may disconnect before the response is sent.
  socket.on('error', () => undefined);
  const problem = (await checkPeer(context, incoming.socket)) ?? upgradeProblem(context, incoming);
  if (problem === undefined) return context.rpcServer.accept(incoming, socket, head);
  const { status, sentence } = problem;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(sentence) + 1}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${sentence}\n`);
}

function upgradeProblem(context: HostContext, incoming: IncomingMessage): Refusal | undefined {
  const { headers, url, method } = incoming;
  const rejection = checkOrigin(incoming, context.hosts, true);
  if (rejection !== undefined) return rejection;
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket' || url !== '/door') return noSuchPath;
  if (!context.authentication.isKnown(headers.cookie)) {
    context.announceToken();
    return noCookie;
  }
  if (!context.authentication.opensDoor(headers['sec-websocket-protocol'])) {
    context.announceToken();
    return noKey;
  }
  return context.rpcServer.isFull() ? tooManyPages : undefined;
}

const signInHint = 'The terminal in which Contact Sheet runs has just shown a new address: open that one.';
const noCookie: Refusal = {
  status: 401,
  sentence: 'This browser is not let in yet. Open the newest address in the terminal in which Contact Sheet runs.',
};
const noKey: Refusal = {
  status: 401,
  sentence: 'This page isn’t signed in. Open the newest address in the terminal in which Contact Sheet runs.',
};
const otherUser: Refusal = {
  status: 403,
  sentence: 'Contact Sheet was started by another user of this computer, and answers only that user.',
};
const usedToken: Refusal = { status: 401, sentence: `This address was used already, or is not ours. ${signInHint}` };
const wrongMethod: Refusal = { status: 405, sentence: 'Pages and pictures can only be read.' };
const noSuchPath: Refusal = { status: 404, sentence: 'There is nothing here.' };
const tooManyPages: Refusal = { status: 503, sentence: 'Too many pages are open. Close some of them.' };
