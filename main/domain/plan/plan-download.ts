import { createDiskListing } from './disk-listing.ts';
import {
  createNameTree,
  enterFolders,
  lookAt,
  numberedSlot,
  openFolder,
  take,
  type Entered,
  type Folder,
  type InTheWay,
  type NameTree,
  type OpenSlot,
} from './name-tree.ts';
import { createPlanColumns, type PlanColumns } from './plan-columns.ts';
import type {
  DiskListing,
  Plan,
  PlanHistory,
  PlanImage,
  PlanOrder,
  PlanReason,
  PlanSteps,
  RecordedFile,
} from './plan-types.ts';
import { recordedSpot } from './recorded-path.ts';
import { sumUp } from './sum-up.ts';
import { createTextStore } from './text-store.ts';
import { createCandidatePaths } from './candidate-path.ts';

/** Names at the destination's root that a manifest takes, and `verify` goes by: no image may look like one. */
export const manifestFiles = ['manifest.csv', 'manifest.json', 'SHA256SUMS'] as const;

/** What a download would do, before its first byte, in memory that is small for a million images. */
export type DownloadPlanner = {
  /** For what a folder holds, where a step asks for it. */
  createListing(): DiskListing;
  /** Images in the order of the query, each once. */
  add(images: Iterable<PlanImage>, history: PlanHistory): PlanSteps<undefined>;
  /** Behind the last of them. */
  finish(): PlanSteps<Plan>;
};

type Planner = {
  readonly order: PlanOrder;
  readonly tree: NameTree;
  readonly items: PlanColumns;
  /** Those whose files of an earlier time changed or went, with these. */
  readonly savedBefore: Map<number, readonly RecordedFile[]>;
  readonly fresh: number[];
  /** What needs a number waits until every image that is called `name (1)` by itself has its name. */
  readonly toNumber: { readonly index: number; readonly how: Numbering }[];
  /** What was entered last: images of one folder mostly follow one another. */
  last: { readonly path: string; readonly entered: Entered } | undefined;
};

/** Its name is another image's or a file's, or it meets a file that is compared, or kept as it is. */
type Numbering = InTheWay | 'meets' | 'meets-changed';

/**
 * Plans at most `expected` images. Those whose earlier file is at the path wanted now, or a numbered variant of it, claim
 * theirs first, so that the same query maps each image to the file that it has, in any order.
 */
export function createDownloadPlanner(order: PlanOrder, expected: number): DownloadPlanner {
  const items = createPlanColumns(expected);
  const listed = createTextStore();
  const wishFor = createCandidatePaths(order, expected);
  let planner: Planner | undefined;
  function* begin(): PlanSteps<Planner> {
    const tree = yield* createNameTree(items.texts, manifestFiles, expected);
    return { order, tree, items, savedBefore: new Map(), fresh: [], toNumber: [], last: undefined };
  }
  return {
    createListing: () => createDiskListing(listed),
    *add(images, history) {
      planner ??= yield* begin();
      for (const image of images) {
        yield;
        const wish = wishFor(image, history);
        const index = items.add(wish);
        if (wish.path === null) continue;
        if (wish.records.length === 0) planner.fresh.push(index);
        else if (!(yield* claimStanding(planner, index, wish.records))) planner.savedBefore.set(index, wish.records);
      }
      return undefined;
    },
    *finish() {
      planner ??= yield* begin();
      yield* place(planner);
      return yield* sumUp(items);
    },
  };
}

function* place(planner: Planner): PlanSteps<undefined> {
  const { savedBefore, fresh, toNumber } = planner;
  const late: number[] = [];
  for (const [index, records] of savedBefore) {
    yield;
    if (!(yield* placeWhereItWas(planner, index, records))) late.push(index);
  }
  for (const indexes of [fresh, late]) {
    for (const index of indexes) {
      yield;
      yield* placeAnew(planner, index);
    }
  }
  for (const { index, how } of toNumber) {
    yield;
    if (how === 'batch' || how === 'disk') yield* placeNumbered(planner, index, how);
    else yield* placeBeside(planner, index, how);
  }
  return undefined;
}

/** Nothing is asked of the network for a file that stands as it was written. */
function* claimStanding(planner: Planner, index: number, records: readonly RecordedFile[]): PlanSteps<boolean> {
  const { tree, items } = planner;
  for (const { relativePath, stillStands, urlOrSizeChanged } of records) {
    const spot = stillStands && !urlOrSizeChanged ? yield* recordedSpot(tree, relativePath) : undefined;
    if (!spot) continue;
    put(planner, index, { ...spot.place, path: relativePath });
    items.conclude(index, 'saved');
    return true;
  }
  return false;
}

/** An earlier file that changed or went keeps its place, as far as no other image has it. */
function* placeWhereItWas(planner: Planner, index: number, records: readonly RecordedFile[]): PlanSteps<boolean> {
  for (const { relativePath, stillStands, urlOrSizeChanged } of records) {
    if (stillStands && !urlOrSizeChanged) continue;
    const spot = yield* recordedSpot(planner.tree, relativePath);
    if (!spot) continue;
    put(planner, index, spot.place);
    if (spot.place.state === 'file') meetFile(planner, index, urlOrSizeChanged);
    else planner.items.conclude(index, urlOrSizeChanged ? 'changed' : 'missing');
    return true;
  }
  return false;
}

function* placeAnew(planner: Planner, index: number): PlanSteps<undefined> {
  const { items, tree, toNumber } = planner;
  const { folder, inTheWay, name } = yield* wantedPlace(planner, index);
  const found = lookAt(tree, folder, name);
  if (found.state === 'taken') {
    toNumber.push({ index, how: found.inTheWay });
    return undefined;
  }
  put(planner, index, found);
  if (found.state === 'file') meetFile(planner, index, false);
  else if (inTheWay) items.conclude(index, movedBy(inTheWay));
  else items.conclude(index, items.isNameChanged(index) ? 'portable-name' : items.reasonOf(index));
  return undefined;
}

function* wantedPlace(planner: Planner, index: number): PlanSteps<Entered & { readonly name: string }> {
  const { path } = planner.items.wanted(index);
  const { folders, name } = split(path);
  if (planner.last?.path !== folders) {
    const entered = yield* enterFolders(planner.tree, folders === '' ? [] : folders.split('/'));
    planner.last = { path: folders, entered };
  }
  return { ...planner.last.entered, name };
}

/** Where files are compared or left alone, a numbered one that is there may be this image's own. */
function* placeNumbered(planner: Planner, index: number, inTheWay: InTheWay): PlanSteps<undefined> {
  const { policy } = planner.order;
  const mayExist = policy === 'skip-identical' || policy === 'skip-existing';
  const { folder, name } = yield* wantedPlace(planner, index);
  const found = numberedSlot(planner.tree, folder, name, mayExist);
  put(planner, index, found);
  if (found.state === 'file') meetFile(planner, index, false);
  else planner.items.conclude(index, movedBy(inTheWay));
  return undefined;
}

function movedBy(inTheWay: InTheWay): PlanReason {
  return inTheWay === 'batch' ? 'same-name' : 'kept-beside';
}

/** A file stands where this image was put: the policy decides. */
function meetFile({ order, items, toNumber }: Planner, index: number, isChanged: boolean): void {
  if (order.policy === 'skip-existing') items.conclude(index, 'exists');
  else if (order.policy === 'overwrite') items.conclude(index, isChanged ? 'changed' : 'overwritten');
  else toNumber.push({ index, how: isChanged ? 'meets-changed' : 'meets' });
}

/** In the folder of the file that it met, under its own name with a number. */
function* placeBeside(planner: Planner, index: number, how: 'meets' | 'meets-changed'): PlanSteps<undefined> {
  const { tree, items, order } = planner;
  const folder = yield* folderOf(tree, items.pathOf(index));
  const beside = numberedSlot(tree, folder, split(items.wanted(index).path).name, false);
  const isChanged = how === 'meets-changed';
  const taken = take(tree, beside.key, beside.path);
  if (order.policy === 'keep-both') items.put(index, taken);
  else items.putBeside(index, taken);
  items.conclude(index, isChanged ? 'changed' : order.policy === 'keep-both' ? 'kept-beside' : 'compared');
  return undefined;
}

/** It was opened when the path was looked at. */
function* folderOf(tree: NameTree, path: string): PlanSteps<Folder> {
  let folder = tree.root;
  for (const name of path.split('/').slice(0, -1)) {
    const next = yield* openFolder(tree, folder, name);
    if (!next) throw new Error('A folder that files were planned in can not be entered any more');
    folder = next;
  }
  return folder;
}

/** The text of a wanted path is not kept twice. */
function put({ tree, items }: Planner, index: number, { key, path }: Pick<OpenSlot, 'key' | 'path'>): void {
  const wanted = items.wanted(index);
  items.put(index, take(tree, key, path, wanted.path === path ? wanted.place : undefined));
}

function split(path: string): { readonly folders: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folders: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}
