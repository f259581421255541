import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Converts to a Request, whose signal is aborted if the browser disconnects before the response is sent. Returns
 * undefined if the target is not a plain path: `..`, a backslash, or anything that would be read as another path.
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
  for (const name of forwardedHeaders) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return new Request(url, { method: incoming.method ?? 'GET', headers, signal: controller.signal });
}

/** The only headers that a page's responses depend on; the cookie is not passed on. */
const forwardedHeaders = ['range', 'if-range', 'if-none-match'] as const;

/** Sends a response no faster than it is read; cancels the rest if the browser disconnects. */
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

/** Returns whether an error only means that the browser disconnected, or that its work was then cancelled. */
export function isGoneAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && disconnectCodes.has(error.code));
}

const disconnectCodes: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ECONNRESET',
  'EPIPE',
]);
