import { readdirSync, type Dirent } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConflictPolicy } from '../../domain/batch.ts';
import { failure } from '../../domain/failure.ts';
import type { CatalogueImage } from '../../domain/image.ts';
import { planInSteps } from '../../domain/plan/plan-download.ts';
import type { Disk, DiskEntry, Plan } from '../../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ImageTarget, Selection } from '../../domain/selection.ts';
import { parseTemplate } from '../../domain/template.ts';
import type { Template } from '../../domain/template/tree.ts';
import type { SavedFileStore } from '../../storage/saved-file-store.ts';
import { checkSaved, keyOf } from './check-saved.ts';
import { systemCode } from '../disk/disk-problem.ts';
import { absolutePath } from '../disk/file-paths.ts';
import { inTurns } from './in-turns.ts';

/** What is to be downloaded, where to, and how it is to be named. */
export type Order = {
  readonly query: string;
  readonly selection: Selection | null;
  /** Absolute and normal. */
  readonly destination: string;
  readonly template: string;
  readonly policy: ConflictPolicy;
  readonly includeOther: boolean;
};

export type PlanDeps = {
  readonly savedFiles: SavedFileStore;
  /** The images of a target in its order, each once; a mistake fails with `query-mistake`. */
  imagesOf(target: ImageTarget): Promise<Result<readonly CatalogueImage[]>>;
};

export type PlannedBatch = {
  readonly images: readonly CatalogueImage[];
  /** Its items are in the order of the images. */
  readonly plan: Plan;
};

/** Works out what would be done; reads the destination and writes nothing. */
export async function planBatch(deps: PlanDeps, order: Order, signal?: AbortSignal): Promise<Result<PlannedBatch>> {
  const template = readTemplate(order.template);
  if (!template.ok) return template;
  const images = await deps.imagesOf(order);
  if (!images.ok) return images;
  const history = await checkSaved(deps.savedFiles, images.value, order.destination, signal);
  const broken = new Set(images.value.filter((image) => image.broken).map(keyOf));
  const steps = planInSteps({
    images: images.value,
    template: template.value,
    policy: order.policy,
    includeOther: order.includeOther,
    disk: diskAt(order.destination),
    recorded: history.of,
    failedBefore: (image) => broken.has(keyOf(image)),
  });
  const plan = await inTurns(steps, signal);
  return ok({ images: images.value, plan });
}

/** Bytes free to this user on the disk of the folder, or of what will hold it; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || path === dirname(path)) return null;
    }
  }
}

function readTemplate(text: string): Result<Template> {
  const parsed = parseTemplate(text);
  if (parsed.ok) return parsed;
  const [first] = parsed.error;
  const where = first === undefined ? '' : `At character ${first.start + 1} of the template: ${first.message}`;
  return fail(failure('template-mistake', where));
}

/** One reading of each folder that files are planned in. What can't be read counts as empty: placing never replaces. */
function diskAt(destination: string): Disk {
  return {
    entries(folder) {
      try {
        return readdirSync(absolutePath(destination, folder), { withFileTypes: true }).map(toEntry);
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
        return [];
      }
    },
  };
}

function toEntry(entry: Dirent): DiskEntry {
  return { name: entry.name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other' };
}
