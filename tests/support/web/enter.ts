import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Entered = {
  readonly origin: string;
  readonly cookie: string;
  readonly key: PageKeyPair;
};

export type PageKeyPair = { readonly door: string; readonly pictures: string };

/** Opens a printed sign-in link as a browser does, but without following the redirect. */
export async function enterBy(url: string): Promise<Entered> {
  const response = await fetch(url, { redirect: 'manual' });
  if (response.status !== 303) throw new Error(`Not let in: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { origin: new URL(url).origin, cookie, key: pageKeyIn(response.headers.get('location') ?? '') };
}

/** Opens the WebSocket of a signed-in page. */
export async function openDoorOf({ origin, cookie, key }: Entered): Promise<WebSocket> {
  const address = `${origin.replace('http', 'ws')}/door`;
  const socket = new WebSocket(address, ['contact-sheet', key.door], { headers: { origin, cookie } });
  await once(socket, 'open');
  return socket;
}

/** Returns the two keys in the redirect's address. */
export function pageKeyIn(location: string): PageKeyPair {
  const [, door = '', pictures = ''] = /#key=([\w-]+)\.([\w-]+)$/.exec(location) ?? [];
  return { door, pictures };
}
