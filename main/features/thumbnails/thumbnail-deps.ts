import type { FetchProblem } from '../../domain/network/fetch-problem.ts';
import type { ImageKey } from '../../domain/image/image.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { FactStore } from '../../adapters/storage/stores/fact-store.ts';
import type { Listing, ImageLookup } from '../../adapters/storage/images/image-lookup.ts';
import type { SavedFileStore } from '../../adapters/storage/stores/saved-file-store.ts';
import type { FailureMemory } from './failures/failure-memory.ts';
import type { FileCache } from './cache/file-cache.ts';
import type { HostBackoff } from './fetch/host-backoff.ts';
import type { HostQueues } from './fetch/host-queues.ts';
import type { NewestFirst } from './fetch/newest-first.ts';

/** What a whole and checked file turned out to be. */
export type FetchedImage = {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly animated: boolean | null;
};

export type ImageOrder = {
  readonly url: string;
  readonly accountOrigin: string;
  readonly partPath: string;
  /** How much has come, or is announced. */
  received(bytes: number): void;
};

/** One attempt to bring a whole picture to `partPath`, checked as downloads check it. */
export type FetchImage = (order: ImageOrder, signal: AbortSignal) => Promise<Result<FetchedImage, FetchProblem>>;

export type ImageFetchDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly lookup: ImageLookup;
  readonly savedFiles: Pick<SavedFileStore, 'ofImage'>;
  readonly facts: FactStore;
  /** Resolves once the change is on disk; many share one commit. */
  readonly write: <T>(change: () => T) => Promise<T>;
  readonly thumbnailer: Thumbnailer;
  readonly fetchPicture: FetchImage;
  /** The origin of an account, also of one that was removed; undefined for one that never was. */
  readonly originOf: (accountId: number) => string | undefined;
  /** Whether bytes may be fetched for the sake of showing them. */
  readonly mayFetch: () => boolean | Promise<boolean>;
  /** What is known of these has changed. */
  readonly changed: (keys: readonly ImageKey[]) => void;
};

export type ThumbnailContext = ImageFetchDeps & {
  readonly thumbnails: FileCache;
  readonly originals: FileCache;
  readonly holds: HostBackoff;
  readonly queues: HostQueues;
  readonly making: NewestFirst;
  readonly failures: FailureMemory;
  /** Images whose known failure somebody wants to be tried again. */
  readonly retried: Set<string>;
};

/** An image as it was listed when it was asked for. */
export type Asked = {
  readonly key: ImageKey;
  readonly listing: Listing;
  readonly fingerprint: string;
  /** Names the work for it. */
  readonly id: string;
};

/** A whole file of an image on this disk. */
export type Source = {
  readonly path: string;
  readonly bytes: number;
  /** A `PictureType`, or null for what is none. */
  readonly type: string | null;
  readonly pixels: number | null;
};

/** Neither changed nor removed since it was asked for. */
export function isStillListed({ lookup }: ThumbnailContext, { key, listing }: Asked): boolean {
  const now = lookup.listed(key);
  return now?.url === listing.url && now.sizeText === listing.sizeText;
}
