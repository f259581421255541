import type { ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { PageWatch } from '../../../main/adapters/remote/api/api-client.ts';
import type { Wait } from '../../../main/adapters/remote/api/rate-limiter.ts';
import type { Gate } from '../../../main/adapters/remote/gate.ts';
import { key, openGate, serve } from './support.ts';

export const pageBody = (totalItems = 1): string =>
  JSON.stringify({
    response: [{ imageID: 1000010, imageURL: 'https://www.questionpro.com/q/sub-3/1/100000.jpg', size: '137 Kb' }],
    pagination: {
      perPage: 100,
      totalItems,
      currentPage: 1,
      totalPages: 1,
      links: { self: 'http://evil/', next: null },
    },
    requestID: '2012fedc-e8ce-48ae-b800-6q5ce287987a7daa',
  });

export type Answer = (response: ServerResponse, count: number) => void;

/** Opens a server with these answers, a gate, and a function that requests pages. */
export async function serving(answer: Answer, options: Parameters<typeof openGate>[0] = {}) {
  let count = 0;
  const server = await serve((_request, response) => answer(response, (count += 1)));
  const opened = openGate(options);
  return { server, ...opened, ask: asker(opened.gate, server.origin) };
}

/** Creates a function that requests a page and records all notifications; no outcome may contain the key. */
export function asker(gate: Gate, origin: string) {
  return async (watch: Partial<PageWatch> = {}, target: { userId?: string; page?: number } = {}) => {
    let calls = 0;
    const waits: Wait[] = [];
    const result = await gate.page(
      { origin, userId: '1234567', key, page: 1, perPage: 100, ...target },
      {
        signal: new AbortController().signal,
        onCall: () => (calls += 1),
        onWait: (wait) => waits.push(wait),
        ...watch,
      },
    );
    expect(JSON.stringify(result)).not.toContain(key);
    return { result, calls, waits, code: result.ok ? 'ok' : result.error.code };
  };
}
