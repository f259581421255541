import { open } from 'node:fs/promises';
import type { ImageKey, ListedImage } from '../../../domain/image/image.ts';
import { ok } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import { FetchFault, type ImageBody, type OpenImage } from '../../../adapters/remote/images/image-source.ts';
import type { CopyOriginal } from '../engine/engine-parts.ts';
import { fetchToPart } from './fetch-to-part.ts';
import { createSpeedLimit } from './speed-limit.ts';

/** The whole file of an image, as it was fetched to be shown; undefined where there is none of that listing. */
export type FindOriginal = (
  key: ImageKey,
  listing: Pick<ListedImage, 'url' | 'sizeText'>,
) => Promise<{ readonly path: string; readonly bytes: number; readonly sha256: string } | undefined>;

const chunkBytes = 256 * 1024;

/** A file that is here already takes the same way, with the same checks, as one from the network; and must have its hash. */
export function createCopyOriginal(find: FindOriginal, clock: Clock): CopyOriginal {
  const speedLimit = createSpeedLimit({ bytesPerSecond: null, clock });
  return async ({ accountId, imageId, url, sizeText }, job, signal) => {
    const original = await find({ accountId, id: imageId }, { url, sizeText });
    if (original === undefined) return undefined;
    const openImage: OpenImage = () => Promise.resolve(ok(bodyOf(original.path, original.bytes)));
    const copied = await fetchToPart({ ...job, validator: null }, { openImage, speedLimit, clock }, signal);
    if (copied.ok) return copied.value.sha256 === original.sha256 ? ok({ ...copied.value, isCopy: true }) : undefined;
    const isOurs = copied.error.concerns !== undefined || copied.error.code === 'cancelled';
    return isOurs ? copied : undefined;
  };
}

function bodyOf(path: string, totalBytes: number): ImageBody {
  const facts = { status: 200, from: 0, validator: null, lastModified: null, contentType: null } as const;
  const chunks = chunksOf(path);
  // Whoever stops reading half-way leaves the file open behind it.
  const discard = (): void => void chunks.return().catch(() => undefined);
  return { ...facts, totalBytes, chunks, discard };
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path).catch(unreadable);
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes).catch(unreadable);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Told apart from a refusal of the disk that is written to. */
function unreadable(): never {
  throw new FetchFault({ code: 'cut-off', message: 'The cached file can’t be read.', canRetry: true });
}
