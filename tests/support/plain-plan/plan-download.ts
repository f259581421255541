import type { ConflictPolicy } from '../../../main/domain/transfer/batch.ts';
import { manifestFiles } from '../../../main/domain/plan/plan-download.ts';
import {
  createNameTree,
  enterFolders,
  lookAt,
  numberedPlace,
  take,
  type Folder,
  type InTheWay,
  type NameTree,
  type Spot,
} from './name-tree.ts';
import type { PlanItem, PlanReason } from '../../../main/domain/plan/plan-types.ts';
import type { Plan, PlanInput } from './plain-types.ts';
import { recordedSpot } from './recorded-path.ts';
import { sumUp } from './sum-up.ts';
import { createWisher, type Wish } from './wish.ts';

type Planner = {
  readonly tree: NameTree;
  readonly policy: ConflictPolicy;
  /** Deferred numbering, until every image that is itself named `name (1)` has its name. */
  readonly toNumber: (() => void)[];
};

/** Implements the rules of `main/domain/plan` with objects and sets, as a reference for the compact planner. */
export function planPlainly(input: PlanInput): Plan {
  const planner: Planner = { tree: createNameTree(input.disk, manifestFiles), policy: input.policy, toNumber: [] };
  const wishFor = createWisher(input);
  const items: PlanItem[] = [];
  const savedBefore: Wish[] = [];
  const fresh: Wish[] = [];
  for (const image of input.images) {
    const wish = wishFor(image);
    items.push(wish.item);
    if (wish.item.reason === 'other-file' || claimStanding(planner, wish)) continue;
    if (wish.records.length > 0) savedBefore.push(wish);
    else fresh.push(wish);
  }
  for (const wish of savedBefore) {
    if (!placeWhereItWas(planner, wish)) fresh.push(wish);
  }
  for (const wish of fresh) {
    placeAnew(planner, wish);
  }
  for (const number of planner.toNumber) {
    number();
  }
  return sumUp(items);
}

/** Keeps a file that is unchanged since it was saved, without a network request. */
function claimStanding({ tree }: Planner, wish: Wish): boolean {
  for (const { relativePath, stillStands, urlOrSizeChanged } of wish.records) {
    const spot = stillStands && !urlOrSizeChanged ? recordedSpot(tree, relativePath) : undefined;
    if (!spot) continue;
    take(tree, spot.place);
    conclude(wish, relativePath, 'saved');
    return true;
  }
  return false;
}

/** Keeps the path of an earlier file that changed or is missing, unless another image has it. */
function placeWhereItWas(planner: Planner, wish: Wish): boolean {
  for (const { relativePath, stillStands, urlOrSizeChanged } of wish.records) {
    if (stillStands && !urlOrSizeChanged) continue;
    const spot = recordedSpot(planner.tree, relativePath);
    if (!spot) continue;
    take(planner.tree, spot.place);
    if (spot.place.state === 'file') meetFile(planner, wish, spot, urlOrSizeChanged);
    else conclude(wish, spot.place.path, urlOrSizeChanged ? 'changed' : 'missing');
    return true;
  }
  return false;
}

function placeAnew(planner: Planner, wish: Wish): void {
  const { folder, inTheWay } = enterFolders(planner.tree, wish.folders);
  const wanted = lookAt(planner.tree, folder, wish.name);
  if (wanted.state === 'taken') {
    planner.toNumber.push(() => placeNumbered(planner, wish, folder, wanted.inTheWay));
    return;
  }
  take(planner.tree, wanted);
  if (wanted.state === 'file') meetFile(planner, wish, { folder, place: wanted }, false);
  else if (inTheWay) conclude(wish, wanted.path, movedBy(inTheWay));
  else conclude(wish, wanted.path, wish.isNameChanged ? 'portable-name' : wish.item.reason);
}

/** Numbers a name; with a skip policy, an existing numbered file may be this image's own. */
function placeNumbered(planner: Planner, wish: Wish, folder: Folder, inTheWay: InTheWay): void {
  const mayExist = planner.policy === 'skip-identical' || planner.policy === 'skip-existing';
  const place = numberedPlace(planner.tree, folder, wish.name, mayExist);
  take(planner.tree, place);
  if (place.state === 'file') meetFile(planner, wish, { folder, place }, false);
  else conclude(wish, place.path, movedBy(inTheWay));
}

function movedBy(inTheWay: InTheWay): PlanReason {
  return inTheWay === 'batch' ? 'same-name' : 'kept-beside';
}

/** Applies the policy to an existing file at the image's path. */
function meetFile(planner: Planner, wish: Wish, { folder, place }: Spot, isChanged: boolean): void {
  const { tree, policy, toNumber } = planner;
  if (policy === 'skip-existing') return conclude(wish, place.path, 'exists');
  if (policy === 'overwrite') return conclude(wish, place.path, isChanged ? 'changed' : 'overwritten');
  toNumber.push(() => {
    const beside = numberedPlace(tree, folder, wish.name, false);
    take(tree, beside);
    if (policy === 'keep-both') return conclude(wish, beside.path, isChanged ? 'changed' : 'kept-beside');
    wish.item.besidePath = beside.path;
    conclude(wish, place.path, isChanged ? 'changed' : 'compared');
  });
}

function conclude(wish: Wish, path: string, reason: PlanReason): void {
  const { item } = wish;
  item.relativePath = path;
  item.reason = reason;
  if (reason === 'saved' || reason === 'exists') item.action = 'skip';
  else item.action = wish.isNameChanged || path !== [...wish.folders, wish.name].join('/') ? 'rename' : 'fetch';
}
