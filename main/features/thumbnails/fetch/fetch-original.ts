import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { nameImage } from '../../../domain/files/names.ts';
import { isOtherExtension } from '../../../domain/image-check/extensions.ts';
import type { ImageFailure } from '../../../domain/image/image-failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { keyText } from '../cache/cache-names.ts';
import {
  cacheFailure,
  cancelled,
  diskFailure,
  knownFailure,
  notAnImageFailure,
  reportsBroken,
  switchedOff,
  tooLarge,
  unknownImage,
} from '../failures/failures.ts';
import type { Draft } from '../cache/file-cache.ts';
import { originalName } from '../find-source.ts';
import { isStillListed, type Asked, type FetchedImage, type ThumbnailContext, type Source } from '../thumbnail-deps.ts';

/** More is not fetched only to be shown. */
export const mostFetchedBytes = 256 * 1024 * 1024;
/** How long an image that failed for the time being is left alone, unless somebody asks for it. */
const pauseMs = 60_000;
/** What is left of the cache where the disk is full. */
const halfOf = 0.5;

/** Brings the image's bytes into the cache, where that is allowed and not known to be in vain; what was learned is kept. */
export async function fetchOriginal(
  parts: ThumbnailContext,
  asked: Asked,
  signal: AbortSignal,
): Promise<Result<Source, ImageFailure>> {
  const refusal = await whyNot(parts, asked);
  if (refusal !== undefined) return fail(refusal);
  const host = hostOf(asked);
  return parts.queues.run(
    host,
    asked.id,
    async () => {
      const held = parts.holds.held(host);
      if (held !== undefined) return fail(noted(parts, asked, held));
      const fetched = await bring(parts, asked, signal);
      if (fetched.ok || fetched.error.code !== 'disk-full') return fetched;
      // A cache is the first thing to give way on a full disk.
      await parts.originals.shrink((await parts.originals.usedBytes()) * halfOf);
      return bring(parts, asked, signal);
    },
    signal,
  );
}

export function hostOf({ listing }: Asked): string {
  return URL.parse(listing.url)?.host ?? '';
}

async function whyNot(parts: ThumbnailContext, asked: Asked): Promise<ImageFailure | undefined> {
  const { failures, lookup, retried, mayFetch } = parts;
  if (isOtherExtension(nameImage(asked.listing.url).ext)) return noted(parts, asked, notAnImageFailure);
  const blocked = failures.blocks(asked.key, asked.fingerprint, 'fetch');
  if (blocked !== undefined) return blocked;
  const known = retried.has(keyText(asked.key)) ? undefined : knownFailure(lookup.facts(asked.key));
  return known ?? ((await mayFetch()) ? undefined : noted(parts, asked, switchedOff));
}

/** Told when somebody asks, and no obstacle to the next attempt. */
function noted({ failures }: ThumbnailContext, { key, fingerprint }: Asked, failure: ImageFailure): ImageFailure {
  failures.remember(key, fingerprint, failure, 'nothing');
  return failure;
}

async function bring(
  parts: ThumbnailContext,
  asked: Asked,
  signal: AbortSignal,
): Promise<Result<Source, ImageFailure>> {
  const accountOrigin = parts.originOf(asked.key.accountId);
  if (accountOrigin === undefined) return fail(unknownImage);
  let draft: Draft | undefined;
  try {
    draft = await parts.originals.begin(originalName(asked));
    const fetched = await fetchUpTo(parts, { url: asked.listing.url, accountOrigin, partPath: draft.part }, signal);
    if (!fetched.ok) return fail(await settleFailed(parts, asked, fetched.error));
    parts.holds.served(hostOf(asked));
    if (!(await keepMeasured(parts, asked, fetched.value))) return fail(unknownImage);
    const hit = await draft.place();
    const { type, width, height } = fetched.value;
    return ok({ ...hit, type, pixels: width === null || height === null ? null : width * height });
  } catch (error) {
    const failure = diskFailure(error);
    if (failure === undefined) throw error;
    return fail(noted(parts, asked, failure));
  } finally {
    await draft?.discard();
  }
}

type Order = { readonly url: string; readonly accountOrigin: string; readonly partPath: string };

async function fetchUpTo(
  { fetchPicture }: ThumbnailContext,
  order: Order,
  signal: AbortSignal,
): Promise<Result<FetchedImage, FetchProblem | 'too-large'>> {
  const stopping = new AbortController();
  const received = (bytes: number): void => {
    if (bytes > mostFetchedBytes) stopping.abort();
  };
  const fetched = await fetchPicture({ ...order, received }, AbortSignal.any([signal, stopping.signal]));
  return !fetched.ok && stopping.signal.aborted ? fail('too-large') : fetched;
}

async function settleFailed(
  parts: ThumbnailContext,
  asked: Asked,
  problem: FetchProblem | 'too-large',
): Promise<ImageFailure> {
  const { failures, holds, clock } = parts;
  const { key, fingerprint } = asked;
  const remember = (failure: ImageFailure, until?: number): ImageFailure => {
    failures.remember(key, fingerprint, failure, 'fetch', until);
    return failure;
  };
  if (problem === 'too-large') return remember(tooLarge(mostFetchedBytes));
  const { code, canRetry } = problem;
  if (code === 'cancelled') return cancelled;
  if (code === 'disk-full' || code === 'not-writable') return noted(parts, asked, cacheFailure(code));
  parts.retried.delete(keyText(key));
  const failure = holds.met(hostOf(asked), problem);
  if (failure.retryAt !== null) return noted(parts, asked, failure);
  if (reportsBroken(problem)) await keepBroken(parts, asked, problem);
  return remember(failure, reportsBroken(problem) || !canRetry ? Infinity : clock.now() + pauseMs);
}

/** False where the image was removed or changed meanwhile. Before the file is placed: the two are worth something together. */
async function keepMeasured(parts: ThumbnailContext, asked: Asked, picture: FetchedImage): Promise<boolean> {
  const { bytes, ...measured } = picture;
  parts.failures.forget(asked.key);
  parts.retried.delete(keyText(asked.key));
  return keep(parts, asked, () => parts.facts.recordMeasured(asked.key, { exactBytes: bytes, ...pick(measured) }));
}

function pick({ sha256, type, width, height, animated }: Omit<FetchedImage, 'bytes'>) {
  return { sha256, type, width, height, animated };
}

async function keepBroken(parts: ThumbnailContext, asked: Asked, { code, message }: FetchProblem): Promise<void> {
  await keep(parts, asked, () => parts.facts.recordBroken(asked.key, { code, message }));
}

async function keep(parts: ThumbnailContext, asked: Asked, change: () => void): Promise<boolean> {
  try {
    const isKnown = await parts.write(() => {
      const isListed = isStillListed(parts, asked);
      if (isListed) change();
      return isListed;
    });
    if (isKnown) parts.changed([asked.key]);
    return isKnown;
  } catch (error) {
    // A database on a full disk is no reason not to show a picture.
    if (!(error instanceof Error) || !('errcode' in error)) throw error;
    parts.log('warn', 'what was learned of an image was not kept', { error: error.message });
    return true;
  }
}
