import { Duplex, pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Answer } from './exchange.ts';
import { ContentCodingError } from './network-problem.ts';

/** Every layer can make the content a thousand times larger. */
const mostCodings = 2;
/** Decoded bytes for each byte received. Identity was asked for, and compressible images (SVG, BMP) stay far below it. */
const mostGrowth = 100;
/** Decoded bytes that are always accepted. */
const freeBytes = 1024 * 1024;

type Decoder = () => Duplex;

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', () => Duplex.from(inflateEither)],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/** Registered codings that change the content and can't be undone here (IANA's registry of content codings). */
const undecodable: ReadonlySet<string> = new Set([
  'compress',
  'x-compress',
  'exi',
  'pack200-gzip',
  'aes128gcm',
  'dcb',
  'dcz',
]);

/**
 * Lists the content codings of an answer that change its bytes, the one applied first at the front. Other tokens (none,
 * utf-8, binary, aws-chunked …) are mistakes of the server: the body is taken as it comes.
 */
export function codingsOf(answer: Pick<Answer, 'header'>): readonly string[] {
  const names = (answer.header('content-encoding') ?? '').toLowerCase().split(',');
  return names.map((name) => name.trim()).filter((name) => decoders.has(name) || undecodable.has(name));
}

/** Undoes the content codings of an answer, within a limit on how far the body may grow; fails with the codings' names. */
export function decodedBody(answer: Answer): Result<Readable, string> {
  const codings = codingsOf(answer);
  if (codings.length === 0) return ok(answer.body);
  const layers = codings.toReversed().map((name) => decoders.get(name));
  const known = layers.filter((make) => make !== undefined);
  if (known.length < layers.length || layers.length > mostCodings) return fail(codings.join(', '));
  const received = { bytes: 0 };
  const bounded = Duplex.from((chunks: AsyncIterable<Uint8Array>) => bound(chunks, received, codings.join(', ')));
  // The last layer is destroyed with the error, which its reader then meets.
  pipeline(
    [
      answer.body,
      Duplex.from((chunks: AsyncIterable<Uint8Array>) => count(chunks, received)),
      ...known.map((make) => make()),
      bounded,
    ],
    () => undefined,
  );
  return ok(bounded);
}

type Received = { bytes: number };

async function* count(chunks: AsyncIterable<Uint8Array>, received: Received): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    received.bytes += chunk.byteLength;
    yield chunk;
  }
}

async function* bound(
  chunks: AsyncIterable<Uint8Array>,
  received: Received,
  codings: string,
): AsyncGenerator<Uint8Array> {
  let decodedBytes = 0;
  for await (const chunk of chunks) {
    decodedBytes += chunk.byteLength;
    if (decodedBytes > Math.max(freeBytes, mostGrowth * received.bytes)) {
      const message = `compressed its answer (${codings}) so that it grows to more than ${mostGrowth} times its size. It was given up.`;
      throw new ContentCodingError(message);
    }
    yield chunk;
  }
}

/**
 * Undoes `deflate` in both forms in use: with zlib's header (RFC 9110 8.4.1.2), and without it, as some servers send it.
 * The header's method (8, RFC 1950 2.2) would be a stored block with padding that is not zero.
 */
async function* inflateEither(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  const head: Uint8Array = first.done === true ? Buffer.alloc(0) : first.value;
  const inflate = ((head[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  const input = Readable.from(joined(head, chunks), { objectMode: false });
  yield* pipeline(input, inflate, () => undefined) as AsyncIterable<Uint8Array>;
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.byteLength > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
