import type { Client } from '../../main/contract/client.ts';
import type { EventMessage } from '../../main/contract/events.ts';
import type { Transport } from '../../main/contract/transport.ts';
import { takePageKey, type PageKey } from './page-key.ts';
import { createSocketTransport, type Connection } from './socket-transport.ts';

/** A window of the desktop app has a bridge, put there by its preload. */
type Page = Window & { readonly bridge?: Transport };

/** The door, as this page holds it. */
export type RpcClient = {
  readonly call: Client;
  readonly listen: (receive: (message: EventMessage) => void) => () => void;
  readonly connection: { readonly state: Connection };
  /** A page in a browser, rather than a window of the desktop app. */
  readonly isBrowser: boolean;
  /** Goes into the addresses of pictures in a browser; undefined in a window, which needs none. */
  readonly pictureKey: string | undefined;
};

/** Takes the bridge where there is one, else a WebSocket to where the page came from. */
export function connect(page: Page): RpcClient {
  const connection = $state<{ state: Connection }>({ state: 'open' });
  const key = page.bridge === undefined ? takePageKey(page) : undefined;
  const transport = page.bridge ?? overSocket(page, key, (state) => (connection.state = state));
  return {
    // The core parses what comes and answers as the same table says.
    call: transport.call as Client,
    listen: transport.listen,
    connection,
    isBrowser: page.bridge === undefined,
    pictureKey: key?.pictures,
  };
}

function overSocket(page: Window, key: PageKey | undefined, changed: (connection: Connection) => void): Transport {
  const url = new URL('/door', page.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const later = (ms: number, run: () => void) => void setTimeout(run, ms);
  return createSocketTransport({ url: url.href, doorKey: key?.door, changed, later });
}
