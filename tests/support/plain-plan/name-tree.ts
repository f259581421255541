import { collisionKey, numberedName } from '../../../main/domain/files/portable-name.ts';
import type { DiskEntry } from '../../../main/domain/plan/plan-types.ts';
import type { Disk } from './plain-types.ts';

/** A folder of the destination that files are planned in. */
export type Folder = {
  /** '' or ending in `/`. */
  readonly path: string;
  readonly key: string;
  /** By collision key; undefined where the folder is yet to be made. */
  readonly onDisk: ReadonlyMap<string, readonly DiskEntry[]> | undefined;
};

/** Why a name can't be had: an image of this plan has it, or something on disk. */
export type InTheWay = 'batch' | 'disk';

type Entered = { readonly folder: Folder; readonly inTheWay: InTheWay | undefined };

/** Every name that is taken under the destination. Keys are collision keys of whole paths, a folder's ending in `/`. */
export type NameTree = {
  readonly disk: Disk;
  readonly root: Folder;
  /** Names at the root that no image may take. */
  readonly reserved: ReadonlySet<string>;
  readonly files: Set<string>;
  readonly folders: Map<string, Folder>;
  /** Folders that had to take a number, by the key that they were to have. */
  readonly moved: Map<string, Entered>;
  /** The next number to try, so that n namesakes cost n steps. */
  readonly nextNumbers: Map<string, number>;
};

export function createNameTree(disk: Disk, reservedNames: readonly string[]): NameTree {
  return {
    disk,
    root: { path: '', key: '', onDisk: readFolder(disk, '') },
    reserved: new Set(reservedNames.map(collisionKey)),
    files: new Set(),
    folders: new Map(),
    moved: new Map(),
    nextNumbers: new Map(),
  };
}

function readFolder(disk: Disk, path: string): ReadonlyMap<string, readonly DiskEntry[]> {
  const byKey = new Map<string, DiskEntry[]>();
  for (const entry of [...disk.entries(path)].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const key = collisionKey(entry.name);
    const namesakes = byKey.get(key);
    if (namesakes) namesakes.push(entry);
    else byKey.set(key, [entry]);
  }
  return byKey;
}

/** The folder of these names, numbered where a file has one of them. */
export function enterFolders(tree: NameTree, names: readonly string[]): Entered {
  let folder = tree.root;
  let inTheWay: InTheWay | undefined;
  for (const name of names) {
    const entered = enterFolder(tree, folder, name);
    folder = entered.folder;
    inTheWay ??= entered.inTheWay;
  }
  return { folder, inTheWay };
}

function enterFolder(tree: NameTree, parent: Folder, name: string): Entered {
  const wanted = parent.key + collisionKey(name);
  const moved = tree.moved.get(wanted);
  if (moved) return moved;
  const folder = openFolder(tree, parent, name);
  if (folder) return { folder, inTheWay: undefined };
  const inTheWay = tree.files.has(wanted) ? 'batch' : 'disk';
  for (let n = 1; ; n++) {
    const beside = openFolder(tree, parent, numberedName(name, n));
    if (!beside) continue;
    const entered: Entered = { folder: beside, inTheWay };
    tree.moved.set(wanted, entered);
    return entered;
  }
}

/** Exactly this folder, as the disk spells it, or undefined where something else has its name. */
export function openFolder(tree: NameTree, parent: Folder, name: string): Folder | undefined {
  const nameKey = collisionKey(name);
  const fileKey = parent.key + nameKey;
  const known = tree.folders.get(`${fileKey}/`);
  if (known) return known;
  const entries = parent.onDisk?.get(nameKey);
  const there = entries?.filter((entry) => entry.kind === 'folder');
  if (tree.files.has(fileKey) || tree.reserved.has(fileKey) || there?.length === 0) return undefined;
  const spelled = there?.find((entry) => entry.name === name) ?? there?.[0];
  const path = parent.path + (spelled?.name ?? name);
  const onDisk = spelled && readFolder(tree.disk, path);
  const folder = { path: `${path}/`, key: `${fileKey}/`, onDisk };
  tree.folders.set(folder.key, folder);
  return folder;
}

/** `free`, or a file that is there (with the disk's spelling), or what is in the way. */
type Place =
  | { readonly state: 'free' | 'file'; readonly key: string; readonly path: string }
  | { readonly state: 'taken'; readonly inTheWay: InTheWay };

type OpenPlace = Exclude<Place, { state: 'taken' }>;

export type Spot = { readonly folder: Folder; readonly place: OpenPlace };

export function lookAt(tree: NameTree, folder: Folder, name: string): Place {
  const nameKey = collisionKey(name);
  const key = folder.key + nameKey;
  if (tree.files.has(key) || tree.folders.has(`${key}/`)) return { state: 'taken', inTheWay: 'batch' };
  if (tree.reserved.has(key)) return { state: 'taken', inTheWay: 'disk' };
  const entries = folder.onDisk?.get(nameKey);
  if (!entries) return { state: 'free', key, path: folder.path + name };
  if (entries.some((entry) => entry.kind !== 'file')) return { state: 'taken', inTheWay: 'disk' };
  const spelled = entries.find((entry) => entry.name === name) ?? entries[0];
  return { state: 'file', key, path: folder.path + (spelled?.name ?? name) };
}

/** The next `name (n)` that no image of this plan has; `mayExist`: it may be a file that is there. To be taken at once. */
export function numberedPlace(tree: NameTree, folder: Folder, name: string, mayExist: boolean): OpenPlace {
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

export function take(tree: NameTree, place: OpenPlace): void {
  tree.files.add(place.key);
}
