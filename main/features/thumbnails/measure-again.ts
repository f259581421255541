import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import { createImageCheck } from '../../domain/image-check/image-check.ts';
import type { ImageKey } from '../../domain/image/image.ts';
import { findSources } from './find-source.ts';
import type { Asked, ThumbnailContext } from './thumbnail-deps.ts';

const pieceImages = 50;

/**
 * Corrects sizes that an earlier version measured without the file's own orientation: by the image's file where one is
 * on this disk, else they are forgotten and measured with the next fetch. Stops by the signal, and goes on at a later start.
 */
export async function measureAgain(
  parts: ThumbnailContext,
  ask: (key: ImageKey) => Asked | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const keys = parts.facts.toMeasure(pieceImages);
    if (keys.length === 0) return;
    for (const key of keys) {
      const asked = ask(key);
      const size = asked === undefined ? null : await sizeOnDisk(parts, asked, signal);
      if (signal.aborted) return;
      await parts.write(() => parts.facts.correctSize(key, size));
    }
    parts.changed(keys);
  }
}

type Size = { readonly width: number | null; readonly height: number | null };

async function sizeOnDisk(parts: ThumbnailContext, asked: Asked, signal: AbortSignal): Promise<Size | null> {
  for await (const { path, pixels } of findSources(parts, asked)) {
    // Without pixels it is not the content that was measured last.
    const size = pixels === null ? null : await measureFile(path, signal);
    if (size !== null) return size;
  }
  return null;
}

async function measureFile(path: string, signal: AbortSignal): Promise<Size | null> {
  const check = createImageCheck(crc32);
  try {
    for await (const chunk of createReadStream(path, { signal })) check.push(chunk as Uint8Array);
  } catch {
    // It went, or can't be read.
    return null;
  }
  const verdict = check.finish();
  return verdict.whole ? verdict : null;
}
