import type { Net } from 'electron';

/** A server that says nothing must not keep a download going for ever, nor one that says no end of it fill the memory. */
const usualLimits = { timeoutMs: 60_000, bytes: 1024 * 1024 };

/** Brings a short text over Electron's own network; rejects on any status but a good one, and beyond the limits. */
export async function fetchText(net: Pick<Net, 'fetch'>, address: string, limits = usualLimits): Promise<string> {
  const response = await net.fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(limits.timeoutMs) });
  if (!response.ok) throw httpError(`status ${response.status}`, `HTTP_ERROR_${response.status}`);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > limits.bytes) throw httpError(`more than ${limits.bytes} bytes`, 'HTTP_ERROR_TOO_LONG');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function httpError(words: string, code: string): Error {
  return Object.assign(new Error(words), { code });
}
