import { availableParallelism } from 'node:os';
import type { ImageKey } from '../domain/image/image.ts';
import { fetchToPart } from '../features/downloads/fetch/fetch-to-part.ts';
import { createJournal } from '../features/downloads/engine/journal.ts';
import { createSpeedLimit } from '../features/downloads/fetch/speed-limit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Thumbnailer } from '../ports/thumbnailer.ts';
import type { OpenImage } from '../adapters/remote/images/image-source.ts';
import type { Database } from '../adapters/storage/database/database.ts';
import { createFactStore } from '../adapters/storage/stores/fact-store.ts';
import { createImageLookup } from '../adapters/storage/images/image-lookup.ts';
import { createSavedFileStore } from '../adapters/storage/stores/saved-file-store.ts';
import type { FetchImage } from '../features/thumbnails/thumbnail-deps.ts';
import { createThumbnails, type Thumbnails } from '../features/thumbnails/thumbnail-service.ts';

export type ImageSettings = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly cacheFolder: string;
  readonly openImage: OpenImage;
  readonly thumbnailer: Thumbnailer;
  readonly originOf: (accountId: number) => string | undefined;
  readonly mayFetch: () => boolean | Promise<boolean>;
  readonly changed: (keys: readonly ImageKey[]) => void;
  readonly released: () => void;
  readonly limits?: Partial<ImageLimits>;
};

/** Sizes of the two caches in bytes, and concurrent fetches per host. */
export type ImageLimits = {
  readonly thumbnailBytes: number;
  readonly originalBytes: number;
  readonly fetchesPerHost: number;
};

const gibibyte = 1024 ** 3;
const defaultLimits: ImageLimits = { thumbnailBytes: gibibyte, originalBytes: gibibyte, fetchesPerHost: 6 };

/** Creates thumbnails, which fetch and check files as downloads do, with their own journal. */
export function createImageServices(settings: ImageSettings): Thumbnails {
  const { database, clock, cacheFolder, openImage, limits, ...rest } = settings;
  const journal = createJournal(database);
  const thumbnails = createThumbnails({
    ...rest,
    clock,
    folder: cacheFolder,
    limits: { ...defaultLimits, ...limits, makers: availableParallelism() },
    lookup: createImageLookup(database),
    savedFiles: createSavedFileStore(database),
    facts: createFactStore(database, clock.now),
    write: journal.write,
    fetchPicture: createFetchImage(openImage, clock),
  });
  return {
    ...thumbnails,
    async close() {
      await thumbnails.close();
      await journal.flush();
    },
  };
}

function createFetchImage(openImage: OpenImage, clock: Clock): FetchImage {
  const speedLimit = createSpeedLimit({ bytesPerSecond: null, clock });
  return ({ received, ...order }, signal) =>
    fetchToPart(
      {
        ...order,
        validator: null,
        totalBytes: null,
        lastModified: null,
        picture: true,
        opened: ({ totalBytes }) => Promise.resolve(received(totalBytes ?? 0)),
        progressed: received,
      },
      { openImage, speedLimit, clock },
      signal,
    );
}
