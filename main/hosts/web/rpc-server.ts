import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { serveRpc, type RpcSocket } from './rpc-socket.ts';

export type RpcServer = {
  /** Takes a connection that was let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly isFull: () => boolean;
  /** Tells every page that this is the end. */
  close(): Promise<void>;
};

export type RpcServerOptions = {
  /** How often a page has to show that it is alive. */
  readonly pingMs: number;
};

const longestMessageBytes = 4 * 1024 * 1024;
const mostPages = 64;
const closeGraceMs = 500;

export function createRpcServer(door: RpcSocket, { pingMs }: RpcServerOptions): RpcServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: longestMessageBytes, perMessageDeflate: false });
  const silent = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, pingMs);
  pings.unref();
  return {
    isFull: () => server.clients.size >= mostPages,
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (page) => {
        page.on('pong', () => silent.delete(page));
        serveRpc(page, door);
      });
    },
    async close() {
      clearInterval(pings);
      const ends = [...server.clients].map((socket) => closeSocket(socket));
      server.close();
      await Promise.all(ends);
    },
  };
}

async function closeSocket(socket: WebSocket): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.close(1001, 'Contact Sheet was stopped.');
  const grace = setTimeout(() => socket.terminate(), closeGraceMs);
  await closed;
  clearTimeout(grace);
}
