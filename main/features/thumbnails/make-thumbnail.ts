import { writeFile } from 'node:fs/promises';
import type { PictureFailure, PictureSize } from '../../domain/image/image-failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { untilAborted } from '../../adapters/remote/http/until-aborted.ts';
import { cacheName } from './cache/cache-names.ts';
import { contentTypeOf, maySpeakForItself } from './content-types.ts';
import { diskFailure, notMade, unknownImage } from './failures/failures.ts';
import { isStillListed, type Asked, type PictureParts, type Source } from './thumbnail-deps.ts';

export type SmallSize = Exclude<PictureSize, 'original'>;

/** Where a picture lies on this disk, for a host to send. */
export type Picture = { readonly path: string; readonly contentType: string };

/** Pixels of the square that a picture is fitted into. */
const boxes: Readonly<Record<SmallSize, number>> = { thumbnail: 256, preview: 1024 };

export const smallContentType = 'image/webp';

export function smallName({ key, fingerprint }: Asked, size: SmallSize): string {
  return cacheName(key, fingerprint, `-${boxes[size]}.webp`);
}

/** Undefined where the source is not there any more. */
export async function makeSmall(
  parts: PictureParts,
  asked: Asked,
  size: SmallSize,
  source: Source,
  signal: AbortSignal,
): Promise<Result<Picture, PictureFailure> | undefined> {
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

export function asItIs({ path, type }: Source): Picture {
  return { path, contentType: contentTypeOf(type) };
}

type Made = { readonly size: SmallSize; readonly source: Source; readonly bytes: Uint8Array };

async function keepSmall(
  parts: PictureParts,
  asked: Asked,
  { size, source, bytes }: Made,
): Promise<Result<Picture, PictureFailure>> {
  if (!isStillListed(parts, asked)) return fail(unknownImage);
  try {
    const path = await writeSmall(parts, smallName(asked, size), bytes);
    parts.failures.forget(asked.key);
    return ok({ path, contentType: smallContentType });
  } catch (error) {
    const failure = diskFailure(error);
    if (failure === undefined) throw error;
    if (maySpeakForItself(source)) return ok(asItIs(source));
    parts.failures.remember(asked.key, asked.fingerprint, failure, 'nothing');
    return fail(failure);
  }
}

async function writeSmall({ thumbnails }: PictureParts, name: string, bytes: Uint8Array): Promise<string> {
  const draft = await thumbnails.begin(name);
  try {
    await writeFile(draft.part, bytes, { mode: 0o600 });
    return (await draft.place()).path;
  } finally {
    await draft.discard();
  }
}
