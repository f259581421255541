import { collisionKey, numberedName } from '../files/portable-name.ts';
import type { DiskListing, PlanSteps } from './plan-types.ts';
import { createTextIndex, type TextIndex } from './text-index.ts';
import type { TextStore } from './text-store.ts';

/** A folder of the destination that files are planned in. */
export type Folder = {
  /** '' or ending in `/`. */
  readonly path: string;
  readonly key: string;
  /** Undefined where the folder is yet to be made. */
  readonly onDisk: DiskListing | undefined;
};

/** Why a name can't be had: an image of this plan has it, or something on disk. */
export type InTheWay = 'batch' | 'disk';

export type Entered = { readonly folder: Folder; readonly inTheWay: InTheWay | undefined };

/** Every name that is taken under the destination. Keys are collision keys of whole paths, a folder's ending in `/`. */
export type NameTree = {
  readonly root: Folder;
  /** Names at the root that no image may take. */
  readonly reserved: ReadonlySet<string>;
  /** Where the paths that were taken lie, and by their keys which. */
  readonly paths: TextStore;
  readonly files: TextIndex;
  readonly folders: Map<string, Folder>;
  /** Folders that had to take a number, by the key that they were to have. */
  readonly moved: Map<string, Entered>;
  /** The next number to try, so that n namesakes cost n steps. */
  readonly nextNumbers: Map<string, number>;
};

/** `expected`: room is made for so many paths. */
export function* createNameTree(
  paths: TextStore,
  reservedNames: readonly string[],
  expected: number,
): PlanSteps<NameTree> {
  return {
    root: { path: '', key: '', onDisk: yield '' },
    reserved: new Set(reservedNames.map(collisionKey)),
    paths,
    files: createTextIndex((place) => collisionKey(paths.at(place)), expected),
    folders: new Map(),
    moved: new Map(),
    nextNumbers: new Map(),
  };
}

/** The folder of these names, numbered where a file has one of them; always the same. */
export function* enterFolders(tree: NameTree, names: readonly string[]): PlanSteps<Entered> {
  let folder = tree.root;
  let inTheWay: InTheWay | undefined;
  for (const name of names) {
    const entered = yield* enterFolder(tree, folder, name);
    folder = entered.folder;
    inTheWay ??= entered.inTheWay;
  }
  return { folder, inTheWay };
}

function* enterFolder(tree: NameTree, parent: Folder, name: string): PlanSteps<Entered> {
  const wanted = parent.key + collisionKey(name);
  const moved = tree.moved.get(wanted);
  if (moved) return moved;
  const folder = yield* openFolder(tree, parent, name);
  if (folder) return { folder, inTheWay: undefined };
  const inTheWay = tree.files.find(wanted) >= 0 ? 'batch' : 'disk';
  for (let n = 1; ; n++) {
    const beside = yield* openFolder(tree, parent, numberedName(name, n));
    if (!beside) continue;
    const entered: Entered = { folder: beside, inTheWay };
    tree.moved.set(wanted, entered);
    return entered;
  }
}

/** Exactly this folder, as the disk spells it, or undefined where something else has its name. */
export function* openFolder(tree: NameTree, parent: Folder, name: string): PlanSteps<Folder | undefined> {
  const nameKey = collisionKey(name);
  const fileKey = parent.key + nameKey;
  const known = tree.folders.get(`${fileKey}/`);
  if (known) return known;
  const entries = parent.onDisk?.find(nameKey) ?? [];
  const there = entries.filter((entry) => entry.kind === 'folder');
  const isOther = entries.length > 0 && there.length === 0;
  if (isOther || tree.files.find(fileKey) >= 0 || tree.reserved.has(fileKey)) return undefined;
  const spelled = there.find((entry) => entry.name === name) ?? there[0];
  const path = parent.path + (spelled?.name ?? name);
  const onDisk = spelled && (yield path);
  const folder = { path: `${path}/`, key: `${fileKey}/`, onDisk };
  tree.folders.set(folder.key, folder);
  return folder;
}

/** `free`, or a file that is there (with the disk's spelling), or what is in the way. */
type Place =
  | { readonly state: 'free' | 'file'; readonly key: string; readonly path: string }
  | { readonly state: 'taken'; readonly inTheWay: InTheWay };

export type OpenSlot = Exclude<Place, { state: 'taken' }>;

export type Spot = { readonly folder: Folder; readonly place: OpenSlot };

export function lookAt(tree: NameTree, folder: Folder, name: string): Place {
  const nameKey = collisionKey(name);
  const key = folder.key + nameKey;
  if (tree.files.find(key) >= 0 || tree.folders.has(`${key}/`)) return { state: 'taken', inTheWay: 'batch' };
  if (tree.reserved.has(key)) return { state: 'taken', inTheWay: 'disk' };
  const entries = folder.onDisk?.find(nameKey) ?? [];
  if (entries.length === 0) return { state: 'free', key, path: folder.path + name };
  if (entries.some((entry) => entry.kind !== 'file')) return { state: 'taken', inTheWay: 'disk' };
  const spelled = entries.find((entry) => entry.name === name) ?? entries[0];
  return { state: 'file', key, path: folder.path + (spelled?.name ?? name) };
}

/** The next `name (n)` that no image of this plan has; `mayExist`: it may be a file that is there. To be taken at once. */
export function numberedSlot(tree: NameTree, folder: Folder, name: string, mayExist: boolean): OpenSlot {
  for (let first = 1; ; first *= 10) {
    // Long names are cut for their number: all that are cut alike, which differs by its digits, count together.
    const family = `${folder.key}${collisionKey(numberedName(name, first))}/${mayExist ? 'may exist' : ''}`;
    for (let n = tree.nextNumbers.get(family) ?? first; n < first * 10; n++) {
      const place = lookAt(tree, folder, numberedName(name, n));
      if (place.state !== 'free' && !(mayExist && place.state === 'file')) continue;
      tree.nextNumbers.set(family, n + 1);
      return place;
    }
    tree.nextNumbers.set(family, first * 10);
  }
}

/** From now on the path is this image's; `known` is where its text lies already, else it is added. Returns where it lies. */
export function take(tree: NameTree, key: string, path: string, known?: number): number {
  const place = known ?? tree.paths.add(path);
  tree.files.add(key, place);
  return place;
}
