import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { explainUpdate } from '../../../main/hosts/electron/updates/update-problems.ts';
import { fetchText } from '../../../main/hosts/electron/updates/fetch-text.ts';

const limits = { timeoutMs: 60_000, bytes: 1000 };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/release.json`;
}

async function problemAt(address: string, ours = limits) {
  return explainUpdate(await fetchText({ fetch }, address, ours).catch((error: unknown) => error)).code;
}

test('a text comes whole', async () => {
  const address = await serve((_request, response) => response.end('{"version":"ü"}'));
  expect(await fetchText({ fetch }, address, limits)).toBe('{"version":"ü"}');
});

test('a server that never ends, says nothing or refuses is given up', async () => {
  const endless = await serve((_request, response) => {
    const more = () => {
      while (response.write('x'.repeat(900)));
      response.once('drain', more);
    };
    more();
  });
  expect(await problemAt(endless)).toBe('server-error');
  const silent = await serve((_request, response) => response.write('{'));
  expect(await problemAt(silent, { ...limits, timeoutMs: 50 })).toBe('offline');
  const refusing = await serve((_request, response) => response.writeHead(500).end());
  expect(await problemAt(refusing)).toBe('server-error');
});
