import { join } from 'node:path';
import type { ImageKey } from '../../domain/image/image.ts';
import type { ImageFailure, ImageSize } from '../../domain/image/image-failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Listing } from '../../adapters/storage/images/image-lookup.ts';
import { accountFolder, fingerprintOf, keyText } from './cache/cache-names.ts';
import { createFailureMemory } from './failures/failure-memory.ts';
import { cancelled, knownFailure, unknownImage, vanished } from './failures/failures.ts';
import { fetchOriginal, hostOf } from './fetch/fetch-original.ts';
import { createFileCache } from './cache/file-cache.ts';
import { findCached, findSources } from './find-source.ts';
import { createHostBackoff } from './fetch/host-backoff.ts';
import { createHostQueues } from './fetch/host-queues.ts';
import {
  asItIs,
  makeThumbnail,
  thumbnailContentType,
  thumbnailName,
  type ImageFile,
  type ThumbnailSize,
} from './make-thumbnail.ts';
import { measureAgain } from './measure-again.ts';
import { createNewestFirst } from './fetch/newest-first.ts';
import type { Asked, ImageFetchDeps, ThumbnailContext, Source } from './thumbnail-deps.ts';
import { createSharedWork, type SharedWork } from './fetch/shared-work.ts';
import { isWholeWebpAt } from './cache/whole-webp.ts';

export type OpenImageFile = (
  size: ImageSize,
  key: ImageKey,
  signal: AbortSignal,
) => Promise<Result<ImageFile, ImageFailure>>;

export type CachedOriginal = { readonly path: string; readonly bytes: number; readonly sha256: string };

export type ThumbnailDeps = ImageFetchDeps & {
  /** Holds the two caches. */
  readonly folder: string;
  readonly limits: {
    readonly thumbnailBytes: number;
    readonly originalBytes: number;
    readonly fetchesPerHost: number;
    /** Small pictures that are made at once. */
    readonly makers: number;
  };
  /** Pictures that could not be had for a while may be asked for again. */
  readonly released: () => void;
};

export type Thumbnails = {
  /** The path of a picture, which lies there for the moment: send it at once. Who stops waiting aborts the signal. */
  readonly open: OpenImageFile;
  /** Why the last attempt failed. */
  explain(key: ImageKey): ImageFailure | null;
  /** The next `open` tries again, whatever is known. */
  retry(key: ImageKey): void;
  /** In bytes, counted anew. */
  usage(): Promise<{ readonly thumbnails: number; readonly originals: number }>;
  clear(): Promise<void>;
  /** Removes what is kept of an account that was erased. */
  forgetAccount(accountId: number): Promise<void>;
  /** The whole file of an image that is listed so, if it is cached; its hash is what it had when it was fetched. */
  cachedOriginal(key: ImageKey, listing: Listing): Promise<CachedOriginal | undefined>;
  /** Corrects what an earlier version measured; ends early where the signal aborts. */
  measureAgain(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

export function createThumbnails(deps: ThumbnailDeps): Thumbnails {
  const closing = new AbortController();
  const parts = createParts(deps, closing.signal);
  const { failures, lookup, thumbnails, originals } = parts;
  const raise = (id: string): void => {
    parts.queues.raise(id);
    parts.making.raise(id);
  };
  const work: Work = {
    fetching: createSharedWork(raise),
    making: createSharedWork((id) => raise(id.slice(id.indexOf(' ') + 1))),
  };
  return {
    async open(size, key, signal) {
      const asked = ask(parts, key);
      if (asked === undefined) return fail(unknownImage);
      try {
        if (size === 'original') return await openOriginal(parts, work, asked, signal);
        return await openSmall(parts, work, asked, size, signal);
      } catch (error) {
        if (signal.aborted || closing.signal.aborted) return fail(cancelled);
        throw error;
      }
    },
    explain(key) {
      const asked = ask(parts, key);
      if (asked === undefined) return null;
      return failures.last(key, asked.fingerprint) ?? knownFailure(lookup.facts(key)) ?? null;
    },
    retry(key) {
      const asked = ask(parts, key);
      if (asked === undefined) return;
      failures.forget(key);
      parts.retried.add(keyText(key));
      parts.holds.lift(hostOf(asked));
    },
    usage: async () => ({ thumbnails: await thumbnails.usedBytes(), originals: await originals.usedBytes() }),
    async clear() {
      await Promise.all([thumbnails.clear(), originals.clear()]);
    },
    async forgetAccount(accountId) {
      const folder = accountFolder(accountId);
      await Promise.all([thumbnails.removeFolder(folder), originals.removeFolder(folder)]);
    },
    async cachedOriginal(key, listing) {
      const asked = ask(parts, key);
      const isSame = asked?.listing.url === listing.url && asked.listing.sizeText === listing.sizeText;
      return isSame ? findCached(parts, asked) : undefined;
    },
    measureAgain: (signal) => measureAgain(parts, (key) => ask(parts, key), signal),
    async close() {
      closing.abort();
      await work.making.stop();
      await work.fetching.stop();
      await Promise.all([thumbnails.settle(), originals.settle()]);
    },
  };
}

type Work = {
  readonly fetching: SharedWork<Result<Source, ImageFailure>>;
  readonly making: SharedWork<Result<ImageFile, ImageFailure>>;
};

function createParts(deps: ThumbnailDeps, closing: AbortSignal): ThumbnailContext {
  const { clock, folder, limits } = deps;
  const cache = (name: string, limitBytes: number, isWhole: (path: string, bytes: number) => Promise<boolean>) =>
    createFileCache({
      ...{ folder: join(folder, name), limitBytes, clock, isWhole },
      isKept: (top) => deps.originOf(Number(top)) !== undefined,
    });
  return {
    ...deps,
    thumbnails: cache('thumbnails', limits.thumbnailBytes, isWholeWebpAt),
    // Their length is compared with what was measured, at every use.
    originals: cache('originals', limits.originalBytes, () => Promise.resolve(true)),
    holds: createHostBackoff(clock, deps.released, closing),
    queues: createHostQueues(limits.fetchesPerHost),
    making: createNewestFirst(limits.makers),
    failures: createFailureMemory(clock.now),
    retried: new Set(),
  };
}

function ask({ lookup }: ThumbnailContext, key: ImageKey): Asked | undefined {
  const listing = lookup.listed(key);
  if (listing === undefined) return undefined;
  const fingerprint = fingerprintOf(listing);
  return { key, listing, fingerprint, id: `${keyText(key)}-${fingerprint}` };
}

async function openOriginal(
  parts: ThumbnailContext,
  work: Work,
  asked: Asked,
  signal: AbortSignal,
): Promise<Result<ImageFile, ImageFailure>> {
  signal.throwIfAborted();
  for await (const source of findSources(parts, asked)) return ok(asItIs(source));
  const fetched = await fetch(parts, work, asked, signal);
  return fetched.ok ? ok(asItIs(fetched.value)) : fetched;
}

async function openSmall(
  parts: ThumbnailContext,
  work: Work,
  asked: Asked,
  size: ThumbnailSize,
  signal: AbortSignal,
): Promise<Result<ImageFile, ImageFailure>> {
  const hit = await parts.thumbnails.find(thumbnailName(asked, size));
  if (hit !== undefined) return ok({ path: hit.path, contentType: thumbnailContentType });
  const blocked = parts.failures.blocks(asked.key, asked.fingerprint, 'make');
  if (blocked !== undefined) return fail(blocked);
  return work.making.run(`${size} ${asked.id}`, (shared) => make(parts, work, asked, size, shared), signal);
}

async function make(
  parts: ThumbnailContext,
  work: Work,
  asked: Asked,
  size: ThumbnailSize,
  signal: AbortSignal,
): Promise<Result<ImageFile, ImageFailure>> {
  for await (const source of findSources(parts, asked)) {
    const made = await makeThumbnail(parts, asked, size, source, signal);
    if (made !== undefined) return made;
  }
  const fetched = await fetch(parts, work, asked, signal);
  if (!fetched.ok) return fetched;
  return (await makeThumbnail(parts, asked, size, fetched.value, signal)) ?? fail(vanished);
}

function fetch(
  parts: ThumbnailContext,
  { fetching }: Work,
  asked: Asked,
  signal: AbortSignal,
): Promise<Result<Source, ImageFailure>> {
  return fetching.run(asked.id, (shared) => fetchOriginal(parts, asked, shared), signal);
}
