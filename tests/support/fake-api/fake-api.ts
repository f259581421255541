import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listenOn, listPath } from '../../../main/features/sample/server/sample-server.ts';
import { createCallAnswer, editPage, type CallSettings } from './call-answer.ts';
import { deliver, soundText, type Sound } from './deliver.ts';
import { documentedImages, type FakeEntry, type FakeFile } from './fake-image.ts';
import { createFakeLibrary, type FakeLibrary } from './fake-library.ts';
import { createFaultRules, type Fault, type FaultRules, type Match } from './fault.ts';
import { fileSound } from './file-answer.ts';
import { createTraffic, type Hook, type Listener, type RecordedRequest, type Traffic } from './traffic.ts';

export type FakeApiSettings = CallSettings & {
  /** The list, newest first; `documented` for the documented page, byte for byte. */
  readonly library?: readonly FakeEntry[] | 'documented';
  readonly port?: number;
};

export type FakeApi = {
  readonly origin: string;
  /** A second server on another origin, a target of redirects without faults. */
  readonly otherOrigin: string;
  readonly library: FakeLibrary;
  /** All requests to both servers, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The requests for the list at the main server. */
  calls(): readonly RecordedRequest[];
  /** The requests for files at both servers, or those for one image. */
  fileRequests(id?: number): readonly RecordedRequest[];
  /** The number of pending requests for files. */
  openFiles(): number;
  /** The maximum of concurrent requests for files. */
  mostOpenFiles(): number;
  faultCalls(fault: Fault, match?: Match, times?: number): void;
  faultFiles(fault: Fault, match?: Match, times?: number): void;
  clearFaults(): void;
  /** Runs a hook before call number `number` is answered. */
  onCall(number: number, run: Hook): void;
  /** Runs a hook before request number `number` for this image is answered. */
  onFile(id: number, number: number, run: Hook): void;
  /** Replaces the image's file after this many requests for it. */
  changeFileAfter(id: number, requests: number, file: FakeFile): void;
  close(): Promise<void>;
};

/** Starts the image API and the image host on loopback, controlled by a test. */
export async function startFakeApi(settings: FakeApiSettings = {}): Promise<FakeApi> {
  const isDocumented = settings.library === 'documented';
  const library = createFakeLibrary(settings.library === 'documented' ? documentedImages() : (settings.library ?? []));
  const traffic = createTraffic();
  const rules = { call: createFaultRules(), file: createFaultRules() };
  const origins: Origins = { main: '', other: '' };
  const open = { now: 0, most: 0 };
  const handle = createHandler({ settings, isDocumented, library, traffic, rules, origins, open });
  const servers = { main: serverFor('main', handle), other: serverFor('other', handle) };
  origins.main = `http://127.0.0.1:${await listenOn(servers.main, settings.port ?? 0)}`;
  origins.other = `http://127.0.0.1:${await listenOn(servers.other, 0)}`;

  return {
    origin: origins.main,
    otherOrigin: origins.other,
    library,
    requests: traffic.requests,
    calls: () => traffic.requests.filter(({ kind, listener }) => kind === 'call' && listener === 'main'),
    fileRequests: (wanted) =>
      traffic.requests.filter(({ kind, id }) => kind === 'file' && (wanted === undefined || id === wanted)),
    openFiles: () => open.now,
    mostOpenFiles: () => open.most,
    faultCalls: (fault, match = {}, times = Infinity) => rules.call.add({ match, times, fault }),
    faultFiles: (fault, match = {}, times = Infinity) => rules.file.add({ match, times, fault }),
    clearFaults() {
      rules.call.clear();
      rules.file.clear();
    },
    onCall: (number, run) => traffic.hook(callSubject, number, run),
    onFile: (id, number, run) => traffic.hook(fileSubject(id), number, run),
    changeFileAfter: (id, requests, file) =>
      traffic.hook(fileSubject(id), requests + 1, () => library.replaceFile(id, file)),
    async close() {
      await Promise.all([closeServer(servers.main), closeServer(servers.other)]);
    },
  };
}

type Origins = { main: string; other: string };

type Parts = {
  readonly settings: FakeApiSettings;
  readonly isDocumented: boolean;
  readonly library: FakeLibrary;
  readonly traffic: Traffic;
  readonly rules: { readonly call: FaultRules; readonly file: FaultRules };
  readonly origins: Origins;
  readonly open: { now: number; most: number };
};

type Incoming = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly listener: Listener };
type Handle = (incoming: Incoming) => Promise<void>;

const callSubject = 'calls at main';
const fileSubject = (id: number): string => `file ${id}`;
/** A placeholder for a response that a fault replaces anyway. */
const placeholder: Sound = soundText(200, '', 'text/plain');

function serverFor(listener: Listener, handle: Handle): Server {
  return createServer((request, response) => {
    handle({ request, response, listener }).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The fake API failed: ${String(error)}`);
    });
  });
}

function createHandler({ settings, isDocumented, library, traffic, rules, origins, open }: Parts): Handle {
  const answerCall = createCallAnswer(settings, library, isDocumented);

  async function call({ request, response, listener }: Incoming, url: URL): Promise<void> {
    const isMain = listener === 'main';
    const subject = isMain ? callSubject : 'calls at other';
    const recorded = traffic.record(request, { listener, kind: 'call', id: null, subject });
    const { number, path } = recorded;
    if (isMain) await traffic.runHooks(subject, number);
    const page = Number(url.searchParams.get('page') ?? 1);
    const fault = isMain ? rules.call.take({ number, page, path }) : {};
    const key = request.headers['api-key'];
    const userId = listPath.exec(url.pathname)?.[1];
    const origin = isMain ? origins.main : origins.other;
    const asked = {
      key: typeof key === 'string' ? key : '',
      userId: userId && decodeURIComponent(userId),
      url,
      origin,
      number,
    };
    const sound = fault.answer ? placeholder : answerCall(asked);
    const edited = fault.page ? editPage(sound, fault.page) : sound;
    recorded.status = await deliver(response, edited, withRedirect(fault, path, origins));
  }

  /** Answers a request for a file; `isDirect` marks the end of a chain of redirects, where no faults apply. */
  async function file({ request, response, listener }: Incoming, path: string, isDirect: boolean): Promise<void> {
    const id = library.find(path)?.id ?? null;
    const subject = id === null ? path : fileSubject(id);
    const recorded = traffic.record(request, { listener, kind: id === null ? 'other' : 'file', id, subject });
    await traffic.runHooks(subject, recorded.number);
    const asked = { number: recorded.number, path, ...(id !== null && { id }) };
    const fault = listener === 'main' && !isDirect ? rules.file.take(asked) : {};
    // Looked up again, as a hook may have replaced it.
    const image = id === null ? undefined : library.find(path);
    const sound = fault.answer ? placeholder : await fileSound(request.headers, image, fault);
    recorded.status = await deliver(response, sound, withRedirect(fault, path, origins));
  }

  function emptyResponse(
    { request, response, listener }: Incoming,
    status: number,
    headers: Record<string, string>,
  ): void {
    traffic.record(request, { listener, kind: 'other', id: null, subject: 'others' }).status = status;
    response.writeHead(status, { ...headers, 'content-length': 0 }).end();
  }

  return async (incoming) => {
    const { method, url: path = '/' } = incoming.request;
    const url = new URL(`http://fake${path}`);
    const [, hops, target] = /^\/hop\/(\d+)(\/.*)$/.exec(path) ?? [];
    if (method !== 'GET') emptyResponse(incoming, 405, { allow: 'GET' });
    else if (Number(hops ?? 0) > 0)
      emptyResponse(incoming, 302, { location: `/hop/${Number(hops) - 1}${target ?? ''}` });
    else if (listPath.test(url.pathname)) await call(incoming, url);
    else {
      open.most = Math.max(open.most, ++open.now);
      await file(incoming, target ?? path, target !== undefined).finally(() => open.now--);
    }
  };
}

/** Resolves the keywords of a redirect to a URL. */
function withRedirect(fault: Fault, path: string, { main, other }: Origins): Fault {
  const hops = /^hops (\d+)$/.exec(fault.redirect ?? '')?.[1];
  if (hops !== undefined) return { ...fault, redirect: `${main}/hop/${Number(hops) - 1}${path}` };
  if (fault.redirect === 'other-host') return { ...fault, redirect: other + path };
  return fault.redirect === 'loop' ? { ...fault, redirect: main + path } : fault;
}
