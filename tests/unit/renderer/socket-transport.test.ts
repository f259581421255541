import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createSocketTransport } from '../../../renderer/client/socket-transport.ts';

test('a server that accepts and hangs up at once is asked less and less often', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  server.on('connection', (socket) => socket.close());
  const pauses: number[] = [];
  await new Promise<void>((resolve) => {
    createSocketTransport({
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      doorKey: undefined,
      changed: () => undefined,
      later(ms, run) {
        pauses.push(ms);
        if (pauses.length < 7) run();
        else resolve();
      },
    });
  });
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
});
