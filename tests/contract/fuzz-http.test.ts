import { Agent, request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { messages, mostGrownBytes, patienceMs, saysTooMuch, send } from '../support/fuzz/crowds.ts';
import { createRequests, type FuzzedRequest } from '../support/fuzz/requests.ts';
import { createSeeded } from '../support/kill/seeded.ts';
import { openWebBench } from '../support/web/web-bench.ts';

const lawful = [200, 206, 302, 303, 304, 400, 401, 403, 404, 405, 414, 416, 421, 426, 431, 501, 502, 503];

type Answer = { readonly status: number; readonly text: string };

it(
  `${messages} requests by HTTP are each answered, in words without stack or path`,
  { timeout: patienceMs },
  async () => {
    const { host, letIn, pictures, reported, announced } = await openWebBench();
    pictures.write(1, new Uint8Array(200), 'image/png');
    const next = createRequests(createSeeded(3), await letIn());
    // Connections are reused: a system doesn't have a hundred thousand ports.
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    onTestFinished(() => agent.destroy());
    const { problems, grownBytes } = await send(async () => {
      const asked = next();
      const { status, text } = await ask(host.port, agent, asked);
      const isLawful = lawful.includes(status) && !saysTooMuch(text);
      return isLawful ? undefined : `${asked.method} ${asked.path.slice(0, 80)}: ${status} ${text.slice(0, 200)}`;
    });
    expect(problems).toEqual([]);
    expect(reported).toEqual([]);
    // Unauthenticated requests don't flood the terminal.
    expect(announced.length).toBeLessThan(5);
    expect(grownBytes).toBeLessThan(mostGrownBytes);
  },
);

function ask(port: number, agent: Agent, { path, method, headers }: FuzzedRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent, path, method, headers });
    asked.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (piece: string) => (text += piece));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text })).once('error', reject);
    });
    asked.end();
  });
}
