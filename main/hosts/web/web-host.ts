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
  /** 0 takes any that is free. */
  readonly port: number;
  /** Told an address that lets one browser in: at the start, and a fresh one when somebody stands at the door without. */
  readonly announce: (url: string) => void;
  /** Called whenever a browser used the address. */
  readonly entered?: () => void;
  /** Told what should not have happened. */
  readonly report: (error: unknown) => unknown;
  /** How often a page has to show that it is alive; 30 s unless given. */
  readonly pingMs?: number;
};

export type WebHost = {
  readonly port: number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
};

/** Serves the interface on this machine alone. Fails with `busy` where the port is taken. */
export async function startWebHost(deps: WebHostDeps): Promise<Result<WebHost>> {
  const server = createServer();
  const listening = await listen(server, deps.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const admission = createAdmission(port, () => randomBytes(32).toString('base64url'));
  const doors = createRpcServer(deps.door, { pingMs: deps.pingMs ?? 30_000 });
  const six = createServer();
  const ownHost = (await listenOnSix(six, port)) ? `${randomBytes(16).toString('hex')}.localhost:${port}` : undefined;
  const here: Here = {
    ...{ ...deps, admission, doors, ownHost },
    hosts: hostsOf(port, ownHost),
    announceFresh: createAnnouncer(deps, admission, port),
    userOf: createPeerUsers(readConnectionTables, process.geteuid?.()),
  };
  for (const one of [server, six]) answerOn(one, here);
  here.announceFresh();
  return ok({
    port,
    async close() {
      const closed = [server, six].map((one) => stopListening(one));
      await doors.close();
      for (const one of [server, six]) one.closeAllConnections();
      await Promise.all(closed);
    },
  });
}

function answerOn(server: Server, here: Here): void {
  server.on('request', (incoming, outgoing) => {
    answerRequest(here, incoming, outgoing).catch((error: unknown) => {
      const isGone = isGoneAway(error);
      if (!isGone) here.report(error);
      if (isGone || outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end('Something went wrong: the log has it.\n');
    });
  });
  server.on('upgrade', (incoming, socket, head) => {
    answerUpgrade(here, incoming, socket, head).catch((error: unknown) => {
      here.report(error);
      socket.destroy();
    });
  });
}

type Here = WebHostDeps & {
  readonly admission: Authentication;
  readonly doors: RpcServer;
  readonly hosts: ReadonlySet<string>;
  /** A host name that no other port is asked by, so that its cookie goes nowhere else; undefined where it isn't safe. */
  readonly ownHost: string | undefined;
  readonly userOf: (socket: Ends) => Promise<PeerUser>;
  readonly announceFresh: () => void;
};

/** Announces each token once: a page that knocks a hundred times does not fill the terminal. */
function createAnnouncer({ announce }: WebHostDeps, { token }: Authentication, port: number): () => void {
  let announced = '';
  return () => {
    if (announced === token()) return;
    announced = token();
    announce(`http://127.0.0.1:${port}/?token=${announced}`);
  };
}

const readMethods: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

async function answerRequest(here: Here, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { host = '' } = incoming.headers;
  const origin = `http://${here.hosts.has(host.toLowerCase()) ? host.toLowerCase() : '127.0.0.1'}`;
  const refuse = ({ status, sentence }: Refusal, headers: Record<string, string> = {}) =>
    sendResponse(refusal(new Request(origin), status, sentence, { Connection: 'close', ...headers }), outgoing);
  const foreign = (await checkPeer(here, incoming.socket)) ?? checkOrigin(incoming, here.hosts, false);
  if (foreign !== undefined) return refuse(foreign);
  if (!readMethods.has(incoming.method)) return refuse(wrongMethod, { Allow: 'GET, HEAD' });
  const request = toRequest(incoming, outgoing, origin);
  if (request === undefined) return refuse(noSuchPath);
  const { pathname, searchParams } = new URL(request.url);
  // Browsers request it for every page that names no icon, as a refusal does, and report a failure in the console.
  if (pathname === '/favicon.ico') return sendResponse(new Response(null, { status: 204 }), outgoing);
  const token = pathname === '/' && request.method === 'GET' ? searchParams.get('token') : null;
  const isKnown = here.admission.isKnown(incoming.headers.cookie);
  const entering = token === null ? undefined : enter(here, incoming, { request, token, isKnown });
  if (entering !== undefined) return sendResponse(entering, outgoing);
  if (isKnown && readImagePath(pathname) !== undefined && !here.admission.opensPictures(searchParams.get('k'))) {
    here.announceFresh();
    return refuse(noKey);
  }
  if (isKnown) return sendResponse(await here.page(request), outgoing);
  if (token === null && pathname === '/' && comesFromAnotherSite(incoming.headers)) {
    return sendResponse(comeAgain(request), outgoing);
  }
  here.announceFresh();
  return refuse(token === null ? noCookie : usedToken);
}

/** Refuses processes of other users, where the system tells whose they are. */
async function checkPeer({ userOf }: Here, socket: Ends): Promise<Refusal | undefined> {
  return (await userOf(socket)) === 'other' ? otherUser : undefined;
}

type Entering = { readonly request: Request; readonly token: string; readonly isKnown: boolean };

/** Lets a browser in by a token, under a name of this run's own where the browser knows such names; undefined for a wrong one. */
function enter(here: Here, { headers }: IncomingMessage, { request, token, isKnown }: Entering): Response | undefined {
  const { admission, ownHost, entered } = here;
  const isElsewhere = ownHost !== undefined && new URL(request.url).host !== ownHost;
  if (isElsewhere && !isKnown && admission.isOurs(token) && resolvesLocalNames(headers['user-agent'])) {
    return refusal(request, 303, 'This way.', { Location: `http://${ownHost}/?token=${token}` });
  }
  // Who is known may lack the key, as in a browser that forgot it: a fresh token brings it.
  if (!admission.spend(token)) return isKnown ? refusal(request, 303, 'Come in.', { Location: '/' }) : undefined;
  entered?.();
  const { door, pictures } = admission.pageKey;
  // Neither history nor bookmarks keep the token; the page takes the key out of the address at once.
  const address = `/#key=${door}.${pictures}`;
  const cookie = { 'Set-Cookie': admission.setCookie };
  // Browsers hold back a strict cookie on a redirect that another site began, but not on what this page asks for itself.
  return comesFromAnotherSite(headers)
    ? refusal(request, 200, 'One moment.', { Refresh: `0; url=${address}`, ...cookie })
    : refusal(request, 303, 'Come in.', { Location: address, ...cookie });
}

/** The same address, asked for from here: the browser then brings the cookie that it may have. */
function comeAgain(request: Request): Response {
  return refusal(request, 200, 'One moment.', { Refresh: '0; url=/' });
}

async function answerUpgrade(here: Here, incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  // Whoever is refused may be gone before the refusal is out.
  socket.on('error', () => undefined);
  const problem = (await checkPeer(here, incoming.socket)) ?? upgradeProblem(here, incoming);
  if (problem === undefined) return here.doors.accept(incoming, socket, head);
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

function upgradeProblem(here: Here, incoming: IncomingMessage): Refusal | undefined {
  const { headers, url, method } = incoming;
  const foreign = checkOrigin(incoming, here.hosts, true);
  if (foreign !== undefined) return foreign;
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket' || url !== '/door') return noSuchPath;
  if (!here.admission.isKnown(headers.cookie)) {
    here.announceFresh();
    return noCookie;
  }
  if (!here.admission.opensDoor(headers['sec-websocket-protocol'])) {
    here.announceFresh();
    return noKey;
  }
  return here.doors.isFull() ? tooManyPages : undefined;
}

const howToGetIn = 'The terminal in which Contact Sheet runs has just shown a new address: open that one.';
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
const usedToken: Refusal = { status: 401, sentence: `This address was used already, or is not ours. ${howToGetIn}` };
const wrongMethod: Refusal = { status: 405, sentence: 'Pages and pictures can only be read.' };
const noSuchPath: Refusal = { status: 404, sentence: 'There is nothing here.' };
const tooManyPages: Refusal = { status: 503, sentence: 'Too many pages are open. Close some of them.' };
