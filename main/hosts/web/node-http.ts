import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * A request as the page function takes it; its signal is aborted when the browser goes away before the answer is out.
 * Undefined where the target is no plain path: `..`, a backslash, or anything that would be read as another path.
 */
export function toRequest(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): Request | undefined {
  const target = incoming.url ?? '';
  const url = URL.canParse(origin + target) ? new URL(origin + target) : undefined;
  const isPlain = url?.origin === origin && url.pathname === target.split('?')[0] && !target.includes('#');
  if (url === undefined || !isPlain) return undefined;
  const controller = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  const headers = new Headers();
  for (const name of passedOn) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return new Request(url, { method: incoming.method ?? 'GET', headers, signal: controller.signal });
}

/** All that a page's answers depend on; the cookie is nobody's business behind the door. */
const passedOn = ['range', 'if-range', 'if-none-match'] as const;

/** Sends an answer no faster than it is taken; what is left of it is cancelled when the browser goes away. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  if (outgoing.destroyed) {
    await response.body?.cancel();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(response.body), outgoing);
  } catch (error) {
    outgoing.destroy();
    if (!isGoneAway(error)) throw error;
  }
}

/** Whether an error only says that the browser went away, or that the work for it was given up then. */
export function isGoneAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && goneCodes.has(error.code));
}

const goneCodes: ReadonlySet<unknown> = new Set([
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_UNABLE_TO_PIPE'],
  ...['ECONNRESET', 'EPIPE'],
]);
