import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { serveRpc, type RpcSocket } from './rpc-socket.ts';

export type RpcServer = {
  /** Accepts an authenticated connection. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly isFull: () => boolean;
  /** Closes the connection of every page. */
  close(): Promise<void>;
};

export type RpcServerOptions = {
  /** Interval at which a page must answer a ping. */
  readonly pingMs: number;
};

const maxMessageBytes = 4 * 1024 * 1024;
const maxPages = 64;
const closeGraceMs = 500;

export function createRpcServer(endpoint: RpcSocket, { pingMs }: RpcServerOptions): RpcServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const unanswered = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (unanswered.has(socket)) socket.terminate();
      unanswered.add(socket);
      socket.ping();
    }
  }, pingMs);
  pings.unref();
  return {
    isFull: () => server.clients.size >= maxPages,
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (page) => {
        page.on('pong', () => unanswered.delete(page));
        serveRpc(page, endpoint);
      });
    },
    async close() {
      clearInterval(pings);
      const closings = [...server.clients].map((socket) => closeSocket(socket));
      server.close();
      await Promise.all(closings);
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
