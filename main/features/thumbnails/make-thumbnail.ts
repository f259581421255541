import { writeFile } from 'node:fs/promises';
import type { ImageFailure, ImageSize } from '../../domain/image/image-failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { untilAborted } from '../../adapters/remote/http/until-aborted.ts';
import { cacheName } from './cache/cache-names.ts';
import { contentTypeOf, maySpeakForItself } from './content-types.ts';
import { diskFailure, notMade, unknownImage } from './failures/failures.ts';
import { isStillListed, type Asked, type ThumbnailContext, type Source } from './thumbnail-deps.ts';

export type ThumbnailSize = Exclude<ImageSize, 'original'>;

/** Where a picture lies on this disk, for a host to send. */
export type ImageFile = { readonly path: string; readonly contentType: string };

/** Pixels of the square that a picture is fitted into. */
const boxes: Readonly<Record<ThumbnailSize, number>> = { thumbnail: 256, preview: 1024 };

export const thumbnailContentType = 'image/webp';

export function thumbnailName({ key, fingerprint }: Asked, size: ThumbnailSize): string {
  return cacheName(key, fingerprint, `-${boxes[size]}.webp`);
}

/** Undefined where the source is not there any more. */
export async function makeThumbnail(
  parts: ThumbnailContext,
  asked: Asked,
  size: ThumbnailSize,
  source: Source,
  signal: AbortSignal,
): Promise<Result<ImageFile, ImageFailure> | undefined> {
  const making = parts.making.run(asked.id, () => parts.thumbnailer.make(source.path, boxes[size], signal), signal);
  // What can't be stopped keeps its place; who does not want it any more need not wait for it.
  const made = await untilAborted(making, signal);
  if (made.ok) return keepSmall(parts, asked, { size, source, bytes: made.value });
  const { code } = made.error;
  if (code === 'missing') return undefined;
  if ((code === 'unreadable' || code === 'unavailable') && maySpeakForItself(source)) return ok(asItIs(source));
  const failure = notMade(made.error);
  parts.failures.remember(asked.key, asked.fingerprint, failure, 'make');
  return fail(failure);
}

export function asItIs({ path, type }: Source): ImageFile {
  return { path, contentType: contentTypeOf(type) };
}

type Made = { readonly size: ThumbnailSize; readonly source: Source; readonly bytes: Uint8Array };

async function keepSmall(
  parts: ThumbnailContext,
  asked: Asked,
  { size, source, bytes }: Made,
): Promise<Result<ImageFile, ImageFailure>> {
  if (!isStillListed(parts, asked)) return fail(unknownImage);
  try {
    const path = await writeSmall(parts, thumbnailName(asked, size), bytes);
    parts.failures.forget(asked.key);
    return ok({ path, contentType: thumbnailContentType });
  } catch (error) {
    const failure = diskFailure(error);
    if (failure === undefined) throw error;
    if (maySpeakForItself(source)) return ok(asItIs(source));
    parts.failures.remember(asked.key, asked.fingerprint, failure, 'nothing');
    return fail(failure);
  }
}

async function writeSmall({ thumbnails }: ThumbnailContext, name: string, bytes: Uint8Array): Promise<string> {
  const draft = await thumbnails.begin(name);
  try {
    await writeFile(draft.part, bytes, { mode: 0o600 });
    return (await draft.place()).path;
  } finally {
    await draft.discard();
  }
}
