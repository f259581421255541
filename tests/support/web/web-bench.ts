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
  /** The addresses that the terminal has shown. */
  readonly announced: string[];
  readonly reported: unknown[];
  readonly pictures: PictureFiles;
  /** What an event is sent with. */
  publish(message: EventMessage): void;
  readonly listeners: () => number;
  /** One request as it stands, path and Host unchanged. */
  ask(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  /** The cookie of a browser that used the newest address, once. */
  letIn(): Promise<string>;
  /** What the page of that browser holds. */
  readonly pageKey: () => PageKeyPair;
  /** A page's WebSocket, opened or refused. */
  connect(headers?: Readonly<Record<string, string>>, path?: string, protocols?: readonly string[]): WebSocket;
  /** One that is let in and open. */
  openDoor(): Promise<WebSocket>;
};

type Changes = { readonly dispatch?: Dispatch; readonly pingMs?: number; readonly page?: Page };

/** The browser host on a free port, over a small interface and pictures in files. */
export async function openWebBench(changes: Changes = {}): Promise<WebBench> {
  const pictures = createPictureFiles();
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
      createPage({ interfaceFolder: writeInterface(), openPicture: pictures.open, theme: () => 'dark' }),
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
  const letIn = async () => {
    if (cookie !== '') return cookie;
    const { pathname, search } = new URL(announced.at(-1) ?? '');
    const entered = await ask(pathname + search);
    key = pageKeyIn(entered.headers.location ?? '');
    cookie = cookieOf(entered);
    return cookie;
  };
  const connect: WebBench['connect'] = (headers = {}, path = '/door', protocols = ['contact-sheet', key.door]) => {
    const offered = protocols.filter((protocol) => protocol !== '');
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, offered, { headers });
    // A refused one says so by an event of its own.
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
    return socket;
  };
  return {
    ...{ host, origin, announced, reported, pictures, ask, letIn, connect, pageKey: () => key },
    listeners: () => receivers.size,
    publish: (message) => receivers.forEach((receive) => receive(message)),
    async openDoor() {
      const socket = connect({ origin, cookie: await letIn() });
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
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  const answered = new Promise<Answer>((resolve, reject) => {
    asked.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
  });
  asked.end();
  return answered;
}

/** How a WebSocket that is not taken is refused. */
export async function refusalOf(socket: WebSocket): Promise<{ status: number | undefined; text: string }> {
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += String(piece);
  return { status: response.statusCode, text };
}
