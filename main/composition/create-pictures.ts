import { availableParallelism } from 'node:os';
import type { ImageKey } from '../domain/image.ts';
import { fetchToPart } from '../downloads/fetch/fetch-to-part.ts';
import { createJournal } from '../downloads/engine/journal.ts';
import { createSpeedLimit } from '../downloads/fetch/speed-limit.ts';
import { createSharpThumbnailer } from '../imaging/sharp-thumbnailer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Thumbnailer } from '../ports/thumbnailer.ts';
import type { OpenImage } from '../remote/image-source.ts';
import type { Database } from '../storage/database.ts';
import { createFactStore } from '../storage/fact-store.ts';
import { createPictureLookup } from '../storage/picture-lookup.ts';
import { createSavedFileStore } from '../storage/saved-file-store.ts';
import type { FetchPicture } from '../thumbnails/picture-parts.ts';
import { createThumbnails, type Thumbnails } from '../thumbnails/thumbnail-service.ts';

export type PictureSettings = {
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
  readonly limits?: Partial<PictureLimits>;
};

/** Bytes of the two caches, and fetches from one host at once. */
export type PictureLimits = {
  readonly thumbnailBytes: number;
  readonly originalBytes: number;
  readonly fetchesPerHost: number;
};

const gibibyte = 1024 ** 3;
const usualLimits: PictureLimits = { thumbnailBytes: gibibyte, originalBytes: gibibyte, fetchesPerHost: 6 };

/** What hosts that bring no thumbnailer of their own work with; nothing is loaded before the first picture. */
export function createUsualThumbnailer(): Thumbnailer {
  return createSharpThumbnailer(() => import('sharp'));
}

/** Half of the processors: the others search, draw the page and fetch while pictures are made. */
function makersFor(processors: number): number {
  return Math.max(1, Math.floor(processors / 2));
}

/** Thumbnails fetch and check their bytes as downloads do, with a journal of their own. */
export function createPictures(settings: PictureSettings): Thumbnails {
  const { database, clock, cacheFolder, openImage, limits, ...rest } = settings;
  const journal = createJournal(database);
  const { thumbnailer, idle } = createCountedThumbnailer(settings.thumbnailer);
  const thumbnails = createThumbnails({
    ...rest,
    thumbnailer,
    clock,
    folder: cacheFolder,
    limits: { ...usualLimits, ...limits, makers: makersFor(availableParallelism()) },
    lookup: createPictureLookup(database),
    savedFiles: createSavedFileStore(database),
    facts: createFactStore(database, clock.now),
    write: journal.write,
    fetchPicture: createFetchPicture(openImage, clock),
  });
  return {
    ...thumbnails,
    async close() {
      await thumbnails.close();
      await idle();
      await journal.flush();
    },
  };
}

/** Nobody waits for a picture that is given up, but the process may not end under it: WebAssembly's threads hang then. */
function createCountedThumbnailer(usual: Thumbnailer) {
  const underWay = new Set<Promise<unknown>>();
  const thumbnailer: Thumbnailer = {
    ...usual,
    make(path, boxPixels) {
      const making = usual.make(path, boxPixels).finally(() => underWay.delete(making));
      underWay.add(making);
      return making;
    },
  };
  return { thumbnailer, idle: () => Promise.allSettled(underWay) };
}

function createFetchPicture(openImage: OpenImage, clock: Clock): FetchPicture {
  const speedLimit = createSpeedLimit({ bytesPerSecond: null, clock });
  return ({ received, ...order }, signal) =>
    fetchToPart(
      {
        ...order,
        ...{ validator: null, totalBytes: null, lastModified: null, picture: true },
        opened: ({ totalBytes }) => Promise.resolve(received(totalBytes ?? 0)),
        progressed: received,
      },
      { openImage, speedLimit, clock },
      signal,
    );
}
