import { nameImage } from '../../../main/domain/files/names.ts';
import { collisionKey } from '../../../main/domain/files/portable-name.ts';
import { createDownloadPlanner } from '../../../main/domain/plan/plan-download.ts';
import type {
  DiskEntry,
  DiskListing,
  PlanImage,
  PlanItem,
  PlanSteps,
  RecordedFile,
} from '../../../main/domain/plan/plan-types.ts';
import { defaultTemplate, parseTemplate } from '../../../main/domain/template/template.ts';
import type { Template } from '../../../main/domain/template/tree.ts';
import { planPlainly } from '../../support/plain-plan/plan-download.ts';
import type { Disk, Plan, PlanInput } from '../../support/plain-plan/plain-types.ts';

export function templateOf(text: string): Template {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error[0]?.message}`);
  return parsed.value;
}

export function imageOf(id: number, segment: string, more: Partial<PlanImage> = {}): PlanImage {
  return {
    id,
    accountId: 1,
    account: 'Brand',
    sizeText: `${id} bytes`,
    exactBytes: null,
    sha256: null,
    firstSeen: new Date(2026, 10, 3).getTime(),
    tags: [],
    gone: false,
    duplicate: false,
    ...nameImage(`https://www.questionpro.com/qp_userimages/sub-3/7/${segment}`),
    ...more,
  };
}

export type Saved = { readonly image: PlanImage; readonly path: string };

/** A destination and its history: a case-sensitive disk with texts as contents. */
export type World = { readonly disk: Map<string, string>; readonly history: Saved[] };

export function emptyWorld(files: Readonly<Record<string, string>> = {}): World {
  return { disk: new Map(Object.entries(files)), history: [] };
}

/** Returns the image's content, the same for equal names and size texts. */
export const contentOf = (image: PlanImage) => `${image.name} ${image.sizeText}`;

export function entriesOf(disk: ReadonlyMap<string, string>, folder: string): readonly DiskEntry[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map<string, DiskEntry>();
  for (const path of disk.keys()) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...below] = path.slice(prefix.length).split('/');
    entries.set(name, { name, kind: below.length > 0 ? 'folder' : 'file' });
  }
  return [...entries.values()];
}

/** Returns the compact planner's plan with its items read. */
export function planIn(world: World, images: Iterable<PlanImage>, more: Partial<PlanInput> = {}): Plan {
  const input = inputIn(world, images, more);
  const all = [...input.images];
  const planner = createDownloadPlanner(input, all.length);
  // In chunks, as they are read.
  for (let from = 0; from < all.length; from += 5) {
    runSteps(planner.add(all.slice(from, from + 5), input), planner.createListing, input.disk);
  }
  const { items, ...plan } = runSteps(planner.finish(), planner.createListing, input.disk);
  return { ...plan, items: Array.from({ length: items.length }, (_, index): PlanItem => items.at(index)) };
}

/** Returns the plain planner's plan. */
export function planPlainlyIn(world: World, images: Iterable<PlanImage>, more: Partial<PlanInput> = {}): Plan {
  return planPlainly(inputIn(world, images, more));
}

function inputIn(world: World, images: Iterable<PlanImage>, more: Partial<PlanInput>): PlanInput {
  return {
    images,
    template: templateOf(defaultTemplate),
    policy: 'skip-identical',
    includeOther: false,
    disk: { entries: (folder) => entriesOf(world.disk, folder) },
    recorded: (image) => recordsOf(world, image),
    failedBefore: () => false,
    ...more,
  };
}

function runSteps<T>(steps: PlanSteps<T>, createListing: () => DiskListing, disk: Disk): T {
  let step = steps.next();
  while (step.done !== true) {
    if (step.value === undefined) step = steps.next();
    else {
      const listing = createListing();
      for (const entry of disk.entries(step.value)) listing.add(entry);
      step = steps.next(listing);
    }
  }
  return step.value;
}

function recordsOf({ disk, history }: World, image: PlanImage): readonly RecordedFile[] {
  return history
    .filter((saved) => saved.image.id === image.id && saved.image.accountId === image.accountId)
    .map((saved) => ({
      relativePath: saved.path,
      stillStands: disk.get(saved.path) === contentOf(saved.image),
      urlOrSizeChanged: saved.image.sizeText !== image.sizeText || saved.image.name !== image.name,
    }))
    .reverse();
}

/** Executes the plan like the engine; throws if a file would be lost that the policy protects. */
export function carryOut(world: World, plan: Plan, images: readonly PlanImage[], mayOverwrite: boolean): void {
  plan.items.forEach((item, index) => {
    const image = images[index];
    if (image === undefined || item.relativePath === null || item.action === 'skip') return;
    const content = contentOf(image);
    const isSame = item.besidePath !== null && world.disk.get(item.relativePath) === content;
    const path = item.besidePath === null || isSame ? item.relativePath : item.besidePath;
    const standing = [...world.disk.keys()].filter((known) => collisionKey(known) === collisionKey(path));
    if (standing.length > 0 && !isSame && !mayOverwrite) throw new Error(`${path} would be lost`);
    world.disk.set(path, content);
    world.history.push({ image, path });
  });
}

/** Describes the plan, one line per image with action and path. */
export function linesOf(plan: Plan): readonly string[] {
  return plan.items.map(({ action, reason, relativePath, besidePath }) => {
    const beside = besidePath === null ? '' : ` or ${besidePath}`;
    return `${action} ${reason} ${relativePath ?? '-'}${beside}`;
  });
}
