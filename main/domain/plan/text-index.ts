/** Finds texts that lie elsewhere, by their hashes: ten bytes or so each, however long they are. */
export type TextIndex = {
  /** The entry that was added with this text, or -1. */
  find(text: string): number;
  /** No entry may have the text yet. Entries are whole numbers from 0, below 2^32 - 1. */
  add(text: string, entry: number): void;
};

const fewestSlots = 16;
/** Of a hundred slots, so many at most are filled. */
const fill = 0.7;

/** `textOf` says the text of an entry: it is asked where a hash agrees. `expected`: room is made for so many at once. */
export function createTextIndex(textOf: (entry: number) => string, expected = 0): TextIndex {
  let slots = fewestSlots;
  while (slots * fill < expected) slots *= 2;
  /** An entry and one, or 0. */
  let entries = new Uint32Array(slots);
  let hashes = new Uint32Array(slots);
  let count = 0;
  const place = (hash: number, entry: number): void => {
    let slot = hash & (slots - 1);
    while (entries[slot] !== 0) slot = (slot + 1) & (slots - 1);
    entries[slot] = entry;
    hashes[slot] = hash;
  };
  const grow = (): void => {
    const [oldEntries, oldHashes] = [entries, hashes];
    slots *= 2;
    entries = new Uint32Array(slots);
    hashes = new Uint32Array(slots);
    oldEntries.forEach((entry, slot) => {
      if (entry !== 0) place(oldHashes[slot] ?? 0, entry);
    });
  };
  return {
    find(text) {
      const hash = hashOf(text);
      for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
        const entry = entries[slot] ?? 0;
        if (entry === 0) return -1;
        if (hashes[slot] === hash && textOf(entry - 1) === text) return entry - 1;
      }
    },
    add(text, entry) {
      if (++count > slots * fill) grow();
      place(hashOf(text), entry + 1);
    },
  };
}

/** FNV-1a over UTF-16 units, its bits mixed once more at the end, as only the low ones name a slot. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
