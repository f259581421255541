import type { Net } from 'electron';

/** A silent server must not stall a download forever, nor an endless response fill the memory. */
const defaultLimits = { timeoutMs: 60_000, bytes: 1024 * 1024 };

/** Downloads a short text over Electron's own network; rejects on any error status, and beyond the limits. */
export async function fetchText(net: Pick<Net, 'fetch'>, address: string, limits = defaultLimits): Promise<string> {
  const response = await net.fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(limits.timeoutMs) });
  if (!response.ok) throw httpError(`status ${response.status}`, `HTTP_ERROR_${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw httpError(`more than ${limits.bytes} bytes`, 'HTTP_ERROR_TOO_LONG');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function httpError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
