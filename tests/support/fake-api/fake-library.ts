import { isImage, plainImage, type FakeEntry, type FakeFile, type FakeImage } from './fake-image.ts';

/** The list that the fake API serves, newest first; it can change at any time. */
export type FakeLibrary = {
  entries(): readonly FakeEntry[];
  images(): readonly FakeImage[];
  /** Returns whether nothing has changed since the start. */
  isUntouched(): boolean;
  set(entries: readonly FakeEntry[]): void;
  /** Adds these at the top. */
  add(entries: readonly FakeEntry[]): void;
  /** Adds new small images at the top, with ids above all others. */
  upload(count: number): readonly FakeImage[];
  remove(ids: readonly number[]): void;
  change(id: number, change: Partial<Omit<FakeImage, 'id'>>): void;
  /** Replaces the file behind the same URL. */
  replaceFile(id: number, file: FakeFile): void;
  /** Finds the image of a requested path and query. */
  find(path: string): FakeImage | undefined;
};

export function createFakeLibrary(initial: readonly FakeEntry[]): FakeLibrary {
  let entries = initial;
  let byPath = indexByPath(initial);

  function set(changed: readonly FakeEntry[]): void {
    entries = changed;
    byPath = indexByPath(changed);
  }

  function upload(count: number): readonly FakeImage[] {
    const newest = images().reduce((highest, { id }) => Math.max(highest, id), 1_000_000);
    const uploads = Array.from({ length: count }, (_, index) => plainImage(newest + count - index));
    set([...uploads, ...entries]);
    return uploads;
  }

  function change(id: number, changes: Partial<Omit<FakeImage, 'id'>>): void {
    if (!images().some((image) => image.id === id)) throw new Error(`The library has no image ${id}.`);
    set(entries.map((entry) => (isImage(entry) && entry.id === id ? { ...entry, ...changes } : entry)));
  }

  const images = (): readonly FakeImage[] => entries.filter(isImage);

  return {
    entries: () => entries,
    images,
    isUntouched: () => entries === initial,
    set,
    add: (added) => set([...added, ...entries]),
    upload,
    remove: (ids) => set(entries.filter((entry) => !isImage(entry) || !ids.includes(entry.id))),
    change,
    replaceFile: (id, file) => change(id, { file }),
    find: (path) => byPath.get(normalizePath(path)),
  };
}

function indexByPath(entries: readonly FakeEntry[]): ReadonlyMap<string, FakeImage> {
  return new Map(entries.filter(isImage).map((image) => [normalizePath(image.path), image]));
}

/** Normalizes a listed path as a client sends it. */
function normalizePath(path: string): string {
  try {
    const { pathname, search } = new URL(`http://fake${path}`);
    return pathname + search;
  } catch {
    return path;
  }
}
