import { pipeline, type Duplex, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Answer } from './exchange.ts';

/** Every layer can make the content a thousand times larger. */
const mostEncodings = 2;

const decoders = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/** The content encodings of an answer, first applied first; `identity` is none. */
export function encodingsOf(answer: Answer): readonly string[] {
  const names = (answer.header('content-encoding') ?? '').toLowerCase().split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
}

/** The body without its content encodings (asked for or not); undefined where one of them is unknown. */
export function decodedBody(answer: Answer): Readable | undefined {
  const makers = encodingsOf(answer).map((name) => decoders.get(name));
  if (makers.length > mostEncodings) return undefined;
  const layers: Duplex[] = [];
  for (const maker of makers.toReversed()) {
    if (!maker) return undefined;
    layers.push(maker());
  }
  const last = layers.at(-1);
  if (!last) return answer.body;
  // The last layer is destroyed with the error, which its reader then meets.
  pipeline([answer.body, ...layers], () => undefined);
  return last;
}

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
