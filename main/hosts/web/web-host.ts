import { randomBytes } from 'node:crypto';
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { refusal } from '../page/answers.ts';
import type { Page } from '../page/page.ts';
import { createAdmission, type Admission } from './admission.ts';
import { checkOrigin, comesFromAnotherSite, hostsOf, type Refusal } from './check-origin.ts';
import { createDoorServer, type DoorServer } from './door-server.ts';
import type { Door } from './door-socket.ts';
import { isGoneAway, sendResponse, toRequest } from './node-http.ts';

export type WebHostDeps = {
  readonly page: Page;
  readonly door: Door;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Told an address that lets one browser in: at the start, and a fresh one when somebody stands at the door without. */
  readonly announce: (url: string) => void;
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
  const doors = createDoorServer(deps.door, { pingMs: deps.pingMs ?? 30_000 });
  const hosts = hostsOf(port);
  const here: Here = { ...deps, admission, doors, hosts, announceFresh: createAnnouncer(deps, admission, port) };
  server.on('request', (incoming, outgoing) => {
    answerRequest(here, incoming, outgoing).catch((error: unknown) => {
      const isGone = isGoneAway(error);
      if (!isGone) deps.report(error);
      if (isGone || outgoing.headersSent) return void outgoing.destroy();
      outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end('Something went wrong: the log has it.\n');
    });
  });
  server.on('upgrade', (incoming, socket, head) => answerUpgrade(here, incoming, socket, head));
  here.announceFresh();
  return ok({
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await doors.close();
      server.closeAllConnections();
      await closed;
    },
  });
}

type Here = WebHostDeps & {
  readonly admission: Admission;
  readonly doors: DoorServer;
  readonly hosts: ReadonlySet<string>;
  readonly announceFresh: () => void;
};

/** Announces each token once: a page that knocks a hundred times does not fill the terminal. */
function createAnnouncer({ announce }: WebHostDeps, { token }: Admission, port: number): () => void {
  let announced = '';
  return () => {
    if (announced === token()) return;
    announced = token();
    announce(`http://127.0.0.1:${port}/?token=${announced}`);
  };
}

function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = portProblem(error.code, port);
      if (sentence === undefined) reject(error);
      else resolve(fail(failure('busy', sentence)));
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server listens on no port.'));
      else resolve(ok(address.port));
    });
  });
}

function portProblem(code: string | undefined, port: number): string | undefined {
  const advice = 'Choose another one with --port, or leave that out.';
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program, or another Contact Sheet. ${advice}`;
  if (code === 'EACCES') return `This system does not let you use port ${port}. ${advice}`;
  return undefined;
}

async function answerRequest(here: Here, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { host = '' } = incoming.headers;
  const origin = `http://${here.hosts.has(host.toLowerCase()) ? host.toLowerCase() : '127.0.0.1'}`;
  const refuse = ({ status, sentence }: Refusal, headers: Record<string, string> = {}) =>
    sendResponse(refusal(new Request(origin), status, sentence, { Connection: 'close', ...headers }), outgoing);
  const foreign = checkOrigin(incoming.headers, here.hosts, false);
  if (foreign !== undefined) return refuse(foreign);
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return refuse(wrongMethod, { Allow: 'GET, HEAD' });
  const request = toRequest(incoming, outgoing, origin);
  if (request === undefined) return refuse(noSuchPath);
  const url = new URL(request.url);
  const token = url.pathname === '/' && request.method === 'GET' ? url.searchParams.get('token') : null;
  const isKnown = here.admission.isKnown(incoming.headers.cookie);
  if (token !== null) {
    const isLetIn = isKnown || here.admission.spend(token);
    if (isLetIn) return sendResponse(letIn(request, isKnown ? undefined : here.admission.setCookie), outgoing);
  }
  if (isKnown) return sendResponse(await here.page(request), outgoing);
  if (token === null && url.pathname === '/' && comesFromAnotherSite(incoming.headers)) {
    return sendResponse(comeAgain(request), outgoing);
  }
  here.announceFresh();
  return refuse(token === null ? noCookie : usedToken);
}

/** The address loses the token, so that no history and no bookmark keeps it. */
function letIn(request: Request, setCookie: string | undefined): Response {
  const cookie = setCookie === undefined ? {} : { 'Set-Cookie': setCookie };
  return refusal(request, 303, 'Come in.', { Location: '/', ...cookie });
}

/** The same address, asked for from here: the browser then brings the cookie that it may have. */
function comeAgain(request: Request): Response {
  return refusal(request, 200, 'One moment.', { Refresh: '0; url=/' });
}

function answerUpgrade(here: Here, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  // Whoever is refused may be gone before the refusal is out.
  socket.on('error', () => undefined);
  const problem = upgradeProblem(here, incoming);
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

function upgradeProblem(here: Here, { headers, url, method }: IncomingMessage): Refusal | undefined {
  const foreign = checkOrigin(headers, here.hosts, true);
  if (foreign !== undefined) return foreign;
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket' || url !== '/door') return noSuchPath;
  if (!here.admission.isKnown(headers.cookie)) {
    here.announceFresh();
    return noCookie;
  }
  return here.doors.isFull() ? tooManyPages : undefined;
}

const howToGetIn = 'The terminal in which Contact Sheet runs has just shown a new address: open that one.';
const noCookie: Refusal = {
  status: 401,
  sentence: 'This browser is not let in yet. Open the newest address in the terminal in which Contact Sheet runs.',
};
const usedToken: Refusal = { status: 401, sentence: `This address was used already, or is not ours. ${howToGetIn}` };
const wrongMethod: Refusal = { status: 405, sentence: 'Pages and pictures can only be read.' };
const noSuchPath: Refusal = { status: 404, sentence: 'There is nothing here.' };
const tooManyPages: Refusal = { status: 503, sentence: 'Too many pages are open. Close some of them.' };
