import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { EventMessage } from '../../../main/contract/events.ts';
import type { Dispatch } from '../../../main/dispatch.ts';
import { ok } from '../../../main/domain/result.ts';
import { createPage, type Page } from '../../../main/hosts/shared/page/page.ts';
import { startWebHost, type WebHost } from '../../../main/hosts/web/web-host.ts';
import { must } from '../core.ts';
import { pageKeyIn, type PageKeyPair } from './enter.ts';
import { writeInterface } from './interface-folder.ts';
import { createPictureFiles, type PictureFiles } from './picture-files.ts';

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

export type WebBench = {
  readonly host: WebHost;
  readonly origin: string;
  /** The sign-in links shown in the terminal. */
  readonly announced: string[];
  readonly reported: unknown[];
  readonly pictures: PictureFiles;
  /** Sends an event. */
  publish(message: EventMessage): void;
  readonly listeners: () => number;
  /** Sends one raw request, path and Host unchanged. */
  ask(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  /** Signs in once with the newest link; returns the cookie. */
  letIn(): Promise<string>;
  /** The keys of that browser's page. */
  readonly pageKey: () => PageKeyPair;
  /** Opens a page's WebSocket, which may be refused. */
  connect(headers?: Readonly<Record<string, string>>, path?: string, protocols?: readonly string[]): WebSocket;
  /** Opens a signed-in WebSocket. */
  openDoor(): Promise<WebSocket>;
};

type Changes = { readonly dispatch?: Dispatch; readonly pingMs?: number; readonly page?: Page };

/** Starts the browser host on a free port, over a small interface and image files. */
export async function openWebBench(changes: Changes = {}): Promise<WebBench> {
  const imageFiles = createPictureFiles();
  const announced: string[] = [];
  const reported: unknown[] = [];
  const receivers = new Set<(message: EventMessage) => void>();
  const dispatch: Dispatch = changes.dispatch ?? (async (name, input) => ok({ name, input }));
  const listen = (receive: (message: EventMessage) => void) => {
    receivers.add(receive);
    return () => receivers.delete(receive);
  };
  const started = await startWebHost({
    page:
      changes.page ??
      createPage({ interfaceFolder: writeInterface(), openPicture: imageFiles.open, theme: () => 'dark' }),
    door: { dispatch, listen },
    port: 0,
    announce: (url) => void announced.push(url),
    report: (error) => reported.push(error),
    ...(changes.pingMs === undefined ? {} : { pingMs: changes.pingMs }),
  });
  const host = must(started);
  onTestFinished(() => host.close());
  const origin = `http://127.0.0.1:${host.port}`;
  const ask: WebBench['ask'] = (path, headers = {}, method = 'GET') => askRaw(host.port, path, headers, method);
  let cookie = '';
  let key: PageKeyPair = { door: '', pictures: '' };
  const signIn = async () => {
    if (cookie !== '') return cookie;
    const { pathname, search } = new URL(announced.at(-1) ?? '');
    const response = await ask(pathname + search);
    key = pageKeyIn(response.headers.location ?? '');
    cookie = cookieOf(response);
    return cookie;
  };
  const connect: WebBench['connect'] = (headers = {}, path = '/door', protocols = ['contact-sheet', key.door]) => {
    const offered = protocols.filter((protocol) => protocol !== '');
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, offered, { headers });
    // A refused one emits an event of its own.
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  return {
    host,
    origin,
    announced,
    reported,
    pictures: imageFiles,
    ask,
    letIn: signIn,
    connect,
    pageKey: () => key,
    listeners: () => receivers.size,
    publish: (message) => receivers.forEach((receive) => receive(message)),
    async openDoor() {
      const socket = connect({ origin, cookie: await signIn() });
      await once(socket, 'open');
      return socket;
    },
  };
}

export function cookieOf({ headers }: Answer): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

async function askRaw(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  method: string,
): Promise<Answer> {
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
  });
  outgoing.end();
  return answered;
}

/** Returns the response to a refused WebSocket. */
export async function refusalOf(socket: WebSocket): Promise<{ status: number | undefined; text: string }> {
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += String(piece);
  return { status: response.statusCode, text };
}
