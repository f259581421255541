import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import type { PlanProgress } from '../../../contract/commands/downloads.ts';
import type { ConflictPolicy } from '../../../domain/transfer/batch.ts';
import { failure } from '../../../domain/failure.ts';
import type { ImageList } from '../../../domain/image/image-list.ts';
import { createDownloadPlanner } from '../../../domain/plan/plan-download.ts';
import type { DiskEntry, DiskListing, Plan, PlanImage } from '../../../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { ImageTarget, SelectionHandle } from '../../../domain/image/selection.ts';
import { readTemplate } from '../../../domain/template/read-template.ts';
import type { SavedFileStore } from '../../../adapters/storage/stores/saved-file-store.ts';
import { checkSaved, keyOf } from './check-saved.ts';
import { checkDestination } from '../disk/check-destination.ts';
import { systemCode } from '../disk/disk-problem.ts';
import { absolutePath } from '../disk/file-paths.ts';
import { runSteps } from './run-steps.ts';

/** What is to be downloaded, where to, and how it is to be named. */
export type Order = {
  readonly query: string;
  readonly selection: SelectionHandle | null;
  /** Absolute and normal. */
  readonly destination: string;
  readonly template: string;
  readonly policy: ConflictPolicy;
  readonly includeOther: boolean;
};

export type PlanDeps = {
  readonly savedFiles: SavedFileStore;
  /** The images of a target in its order, each once; a mistake fails with `query-mistake`. */
  imagesOf(target: ImageTarget): Promise<Result<ImageList>>;
  /** Describes a selection by a digest of its members. */
  digestOf(selection: SelectionHandle): Promise<Result<string>>;
};

/** Who waits for a plan may end it, and is told how far it has come. */
export type PlanWatch = {
  readonly signal: AbortSignal;
  progressed(stage: PlanProgress['stage'], done: number, total: number): void;
};

export type BatchPlan = Plan & {
  /** The destination doesn't exist yet. */
  readonly isNewFolder: boolean;
};

/**
 * Works out what would be done, in the order of the images; reads the destination and writes nothing. Fails with
 * `not-writable` where there is something to save and no file can be saved.
 */
export async function planBatch(deps: PlanDeps, order: Order, watch: PlanWatch): Promise<Result<BatchPlan>> {
  const { signal } = watch;
  const template = readTemplate(order.template);
  if (!template.ok) return template;
  const images = await deps.imagesOf(order);
  if (!images.ok) return images;
  const { length } = images.value;
  const { exists, problem } = await checkDestination(order.destination);
  // Nothing is saved yet in a folder that doesn't exist, so that there is something to write.
  if (problem !== null && !exists && length > 0) return fail(problem);
  const planner = createDownloadPlanner({ ...order, template: template.value }, length);
  const read = (folder: string) => readFolder(absolutePath(order.destination, folder), planner.createListing());
  let done = 0;
  try {
    for await (const piece of images.value.pieces()) {
      signal.throwIfAborted();
      watch.progressed('planning', done, length);
      done += piece.length;
      const history = await checkSaved(deps.savedFiles, piece, order.destination, signal);
      const broken = new Set(piece.filter((image) => image.broken).map(keyOf));
      const known = { recorded: history.of, failedBefore: (image: PlanImage) => broken.has(keyOf(image)) };
      await runSteps(planner.add(piece, known), read, signal);
    }
    const plan = await runSteps(planner.finish(), read, signal);
    return problem !== null && plan.files > 0 ? fail(problem) : ok({ ...plan, isNewFolder: !exists });
  } catch (error) {
    if (signal.aborted) return fail(failure('cancelled', 'It was cancelled. Nothing was written.'));
    throw error;
  }
}

/** Entries are read so many at once. */
const entriesAtOnce = 256;

/** What can't be read counts as empty: placing never replaces. */
async function readFolder(path: string, listing: DiskListing): Promise<DiskListing> {
  try {
    const folder = await opendir(path, { bufferSize: entriesAtOnce });
    for await (const entry of folder) listing.add(toEntry(entry));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
  return listing;
}

function toEntry(entry: Dirent): DiskEntry {
  return { name: entry.name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other' };
}
