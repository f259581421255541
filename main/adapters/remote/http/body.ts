import { on } from 'node:events';
import type { Readable } from 'node:stream';

/** Chunks that wait to be taken before the stream is paused; each is at most some 64 KB. */
const readAhead = { highWaterMark: 4, lowWaterMark: 1 };

/**
 * Yields a stream's chunks; `stallMs` without one while one is awaited is a time-out. Errors pass through `explain`.
 * Reads from the moment of the call: an error discards what a stream still buffers, and those bytes did arrive.
 */
export function watchedChunks(
  stream: Readable,
  stallMs: number,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = on(stream, 'data', { close: ['end', 'close'], ...readAhead }) as AsyncIterable<[Uint8Array]>;
  return watched(stream, stream.destroyed ? closedStream(stream) : chunks, stallMs, explain);
}

/** Stands in for a stream that was closed before anyone listened, and so emits nothing any more. */
function closedStream({ errored }: Readable): AsyncIterable<readonly [Uint8Array]> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(errored ?? new Error('The body is closed')) }) };
}

async function* watched(
  stream: Readable,
  chunks: AsyncIterable<readonly [Uint8Array]>,
  stallMs: number,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isWaiting = true;
  const watchdog = setTimeout(() => {
    if (isWaiting) stream.destroy(new DOMException('No byte came', 'TimeoutError'));
  }, stallMs);
  try {
    for await (const [chunk] of chunks) {
      isWaiting = false;
      yield chunk;
      isWaiting = true;
      watchdog.refresh();
    }
  } catch (error) {
    throw explain(error);
  } finally {
    clearTimeout(watchdog);
    stream.destroy();
  }
}

export type ReadText = {
  readonly text: string;
  /** How reading ended: whole, broken off (with the error), or over the limit. */
  readonly end: 'whole' | 'broken' | 'too-large';
  readonly error?: unknown;
};

/** Reads a body as text, as far as it comes and `limitBytes` goes. */
export async function readText(stream: Readable, limitBytes: number, stallMs: number): Promise<ReadText> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const text = (): string => new TextDecoder().decode(Buffer.concat(chunks));
  try {
    for await (const chunk of watchedChunks(stream, stallMs, (error) => error)) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > limitBytes) return { text: text(), end: 'too-large' };
      chunks.push(chunk);
    }
    return { text: text(), end: 'whole' };
  } catch (error) {
    return { text: text(), end: 'broken', error };
  }
}
