import type { Readable } from 'node:stream';

/** Yields a stream's chunks; `stallMs` without one while one is waited for is a time-out. Errors pass through `explain`. */
export async function* watchedChunks(
  stream: Readable,
  stallMs: number,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isWaiting = true;
  const watchdog = setTimeout(() => {
    if (isWaiting) stream.destroy(new DOMException('No byte came', 'TimeoutError'));
  }, stallMs);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      isWaiting = false;
      yield chunk;
      isWaiting = true;
      watchdog.refresh();
    }
  } catch (error) {
    throw explain(error);
  } finally {
    clearTimeout(watchdog);
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
