import { collisionKey } from '../files/portable-name.ts';
import type { DiskEntry, DiskListing } from './plan-types.ts';
import { createTextIndex } from './text-index.ts';
import type { TextStore } from './text-store.ts';

const kinds = { f: 'file', d: 'folder', o: 'other' } as const;
const marks = { file: 'f', folder: 'd', other: 'o' } as const;

export function createDiskListing(texts: TextStore): DiskListing {
  const entryAt = (place: number): DiskEntry => {
    const text = texts.at(place);
    return { name: text.slice(1), kind: kinds[text.charAt(0) as keyof typeof kinds] };
  };
  const index = createTextIndex((place) => collisionKey(entryAt(place).name));
  /** Behind the first of the same key. */
  const namesakes = new Map<string, DiskEntry[]>();
  return {
    add(entry) {
      const key = collisionKey(entry.name);
      if (index.find(key) < 0) index.add(key, texts.add(marks[entry.kind] + entry.name));
      else namesakes.set(key, [...(namesakes.get(key) ?? []), entry]);
    },
    find(key) {
      const first = index.find(key);
      if (first < 0) return [];
      const others = namesakes.get(key);
      const entries = [entryAt(first), ...(others ?? [])];
      return others === undefined ? entries : entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    },
  };
}
