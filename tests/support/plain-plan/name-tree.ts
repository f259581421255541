import { collisionKey, numberedName } from '../../../main/domain/files/portable-name.ts';
import type { DiskEntry } from '../../../main/domain/plan/plan-types.ts';
import type { Disk } from './plain-types.ts';

/** A folder of the destination with planned files. */
export type Folder = {
  /** '' or ending in `/`. */
  readonly path: string;
  readonly key: string;
  /** Its entries by collision key; undefined if the folder doesn't exist yet. */
  readonly onDisk: ReadonlyMap<string, readonly DiskEntry[]> | undefined;
};

/** Why a name is taken: by an image of this plan, or on disk. */
export type InTheWay = 'batch' | 'disk';

type Entered = { readonly folder: Folder; readonly inTheWay: InTheWay | undefined };

/** All names taken under the destination. Keys are collision keys of whole paths, a folder's ending in `/`. */
export type NameTree = {
  readonly disk: Disk;
  readonly root: Folder;
  /** Reserved names at the root. */
  readonly reserved: ReadonlySet<string>;
  readonly files: Set<string>;
  readonly folders: Map<string, Folder>;
  /** Numbered folders, by the key of their original name. */
  readonly moved: Map<string, Entered>;
  /** The next number to try, so that n equal names cost n steps. */
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

/** Returns the folder of these names, numbered if a file has one of them. */
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
    const numbered = openFolder(tree, parent, numberedName(name, n));
    if (!numbered) continue;
    const entered: Entered = { folder: numbered, inTheWay };
    tree.moved.set(wanted, entered);
    return entered;
  }
}

/** Returns exactly this folder, spelled as on disk, or undefined if something else has its name. */
export function openFolder(tree: NameTree, parent: Folder, name: string): Folder | undefined {
  const nameKey = collisionKey(name);
  const fileKey = parent.key + nameKey;
  const known = tree.folders.get(`${fileKey}/`);
  if (known) return known;
  const entries = parent.onDisk?.get(nameKey);
  const existing = entries?.filter((entry) => entry.kind === 'folder');
  if (tree.files.has(fileKey) || tree.reserved.has(fileKey) || existing?.length === 0) return undefined;
  const onDiskEntry = existing?.find((entry) => entry.name === name) ?? existing?.[0];
  const path = parent.path + (onDiskEntry?.name ?? name);
  const onDisk = onDiskEntry && readFolder(tree.disk, path);
  const folder = { path: `${path}/`, key: `${fileKey}/`, onDisk };
  tree.folders.set(folder.key, folder);
  return folder;
}

/** A free path, an existing file (spelled as on disk), or a taken name. */
type Slot =
  | { readonly state: 'free' | 'file'; readonly key: string; readonly path: string }
  | { readonly state: 'taken'; readonly inTheWay: InTheWay };

type OpenSlot = Exclude<Slot, { state: 'taken' }>;

export type Spot = { readonly folder: Folder; readonly place: OpenSlot };

export function lookAt(tree: NameTree, folder: Folder, name: string): Slot {
  const nameKey = collisionKey(name);
  const key = folder.key + nameKey;
  if (tree.files.has(key) || tree.folders.has(`${key}/`)) return { state: 'taken', inTheWay: 'batch' };
  if (tree.reserved.has(key)) return { state: 'taken', inTheWay: 'disk' };
  const entries = folder.onDisk?.get(nameKey);
  if (!entries) return { state: 'free', key, path: folder.path + name };
  if (entries.some((entry) => entry.kind !== 'file')) return { state: 'taken', inTheWay: 'disk' };
  const onDiskEntry = entries.find((entry) => entry.name === name) ?? entries[0];
  return { state: 'file', key, path: folder.path + (onDiskEntry?.name ?? name) };
}

/** Returns the next free `name (n)`, with `mayExist` possibly an existing file. The caller must take it at once. */
export function numberedPlace(tree: NameTree, folder: Folder, name: string, mayExist: boolean): OpenSlot {
  for (let first = 1; ; first *= 10) {
    // Long names are truncated for their number: those truncated alike, which depends on its digits, share a counter.
    const family = `${folder.key}${collisionKey(numberedName(name, first))}/${mayExist ? 'may exist' : ''}`;
    for (let n = tree.nextNumbers.get(family) ?? first; n < first * 10; n++) {
      const slot = lookAt(tree, folder, numberedName(name, n));
      if (slot.state !== 'free' && !(mayExist && slot.state === 'file')) continue;
      tree.nextNumbers.set(family, n + 1);
      return slot;
    }
    tree.nextNumbers.set(family, first * 10);
  }
}

export function take(tree: NameTree, slot: OpenSlot): void {
  tree.files.add(slot.key);
}
