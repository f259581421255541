import type { Batch } from '../../domain/transfer/batch.ts';
import type { CatalogueImage, ImageKey } from '../../domain/image/image.ts';
import type { ImageList } from '../../domain/image/image-list.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ImageTarget, SelectionHandle } from '../../domain/image/selection.ts';
import type { Events } from '../../events.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { OpenImage } from '../../adapters/remote/images/image-source.ts';
import { createBatchStore } from '../../adapters/storage/stores/batch-store.ts';
import type { Database } from '../../adapters/storage/database/database.ts';
import type { FactStore } from '../../adapters/storage/stores/fact-store.ts';
import { createSavedFileStore } from '../../adapters/storage/stores/saved-file-store.ts';
import { createTransferStore } from '../../adapters/storage/stores/transfer-store.ts';
import { createBatchLocks, type LockBatch } from './engine/batch-locks.ts';
import { createCopyOriginal, type FindOriginal } from './fetch/copy-original.ts';
import type { DownloadContext } from './engine/download-context.ts';
import { createDownloadEngine } from './engine/engine.ts';
import type { EngineDeps, FetchFile } from './engine/engine-parts.ts';
import { fetchToPart } from './fetch/fetch-to-part.ts';
import { createFolders } from './disk/folders.ts';
import { createHostPace } from './fetch/host-pace.ts';
import { createHosts } from './fetch/hosts.ts';
import { createJournal } from './engine/journal.ts';
import { placeFile } from './disk/place-file.ts';
import { reconcilePlacement } from './disk/reconcile-placement.ts';
import { createSpeedLimit, type SpeedLimit } from './fetch/speed-limit.ts';
import { writeManifests } from './manifest/write-manifests.ts';

export type DownloadDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly events: Pick<Events, 'publish'>;
  readonly openImage: OpenImage;
  readonly facts: FactStore;
  /** The images of a target in its order, each once; a mistake fails with `query-mistake`. */
  readonly imagesOf: (target: ImageTarget) => Promise<Result<ImageList>>;
  /** Describes a selection by a digest of its members. */
  readonly digestOf: (selection: SelectionHandle) => Promise<Result<string>>;
  /** These, in this order, without those that are no more. */
  readonly images: (keys: readonly ImageKey[]) => CatalogueImage[];
  /** Name and origin of an account, also of one that was removed; undefined for one that never was. */
  readonly accountOf: (id: number) => { readonly name: string; readonly origin: string } | undefined;
  readonly lock: LockBatch;
  /** What was fetched to be shown need not be fetched again. */
  readonly cachedOriginal: FindOriginal;
};

export function createContext(deps: DownloadDeps): DownloadContext {
  const { database, clock, random, log, events, facts, accountOf } = deps;
  const savedFiles = createSavedFileStore(database);
  const speeds = createSpeeds(clock);
  const parts: EngineDeps = {
    ...{ clock, random, log, savedFiles, placeFile },
    journal: createJournal(database),
    batches: createBatchStore(database),
    transfers: createTransferStore(database),
    hosts: createHosts(createHostPace),
    folders: createFolders(),
    copyOriginal: createCopyOriginal(deps.cachedOriginal, clock),
    fetchFile: createFetchFile(deps, speeds),
    reconcileFile: async (from, to, known) => (await reconcilePlacement(from, to, known)) === 'placed',
    recordMeasured: facts.recordMeasured,
    recordBroken: facts.recordBroken,
    originOf: (id) => accountOf(id)?.origin,
  };
  const holds = createBatchLocks(deps.lock);
  const accountName = (id: number): string => accountOf(id)?.name ?? '';
  const manifests = { savedFiles, accountName, strayed: (batch: Batch) => parts.folders.strayed(batch, '') };
  const engine = createDownloadEngine(parts, {
    // Two batches that end at once in one folder would else each merge into what the other is about to replace.
    afterwards: async (batch) =>
      batch.options.manifest
        ? holds.inTurn(`manifests of ${batch.destination}`, () => writeManifests(manifests, batch))
        : ok(),
    ended(batchId) {
      speeds.forget(batchId);
      parts.folders.forget(batchId);
    },
  });
  const plans = { savedFiles, imagesOf: deps.imagesOf, digestOf: deps.digestOf };
  return { parts, engine, holds, plans, images: deps.images, events, log, ends: new Map() };
}

function createFetchFile({ openImage, clock }: DownloadDeps, speeds: Speeds): FetchFile {
  return (job, batch, signal) => {
    const speedLimit = speeds.of(batch.id, batch.options.limitRate);
    return fetchToPart(job, { openImage, clock, speedLimit }, signal);
  };
}

type Speeds = { of(batchId: number, bytesPerSecond: number | null): SpeedLimit; forget(batchId: number): void };

/** One limit a batch, shared by its transfers. */
function createSpeeds(clock: Clock): Speeds {
  const limits = new Map<number, SpeedLimit>();
  return {
    of(batchId, bytesPerSecond) {
      const known = limits.get(batchId);
      if (known !== undefined) return known;
      const limit = createSpeedLimit({ bytesPerSecond, clock });
      limits.set(batchId, limit);
      return limit;
    },
    forget: (batchId) => void limits.delete(batchId),
  };
}
