import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Entered = {
  readonly origin: string;
  readonly cookie: string;
  readonly key: PageKeyPair;
};

export type PageKeyPair = { readonly door: string; readonly pictures: string };

/** Uses a printed address as a browser does, but for the name of its own that it would move to. */
export async function enterBy(url: string): Promise<Entered> {
  const entered = await fetch(url, { redirect: 'manual' });
  if (entered.status !== 303) throw new Error(`Not let in: ${entered.status} ${await entered.text()}`);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { origin: new URL(url).origin, cookie, key: pageKeyIn(entered.headers.get('location') ?? '') };
}

/** Opens the WebSocket of a page that was let in. */
export async function openDoorOf({ origin, cookie, key }: Entered): Promise<WebSocket> {
  const address = `${origin.replace('http', 'ws')}/door`;
  const socket = new WebSocket(address, ['contact-sheet', key.door], { headers: { origin, cookie } });
  await once(socket, 'open');
  return socket;
}

/** The two keys in the address that a browser is led to. */
export function pageKeyIn(location: string): PageKeyPair {
  const [, door = '', pictures = ''] = /#key=([\w-]+)\.([\w-]+)$/.exec(location) ?? [];
  return { door, pictures };
}
