/** A set of rows: bit `row & 31` of word `row >>> 5`. Bits beyond the rows that there are stay 0. */
export type Bitmap = Uint32Array<ArrayBuffer>;

export function wordsFor(rows: number): number {
  return (rows + 31) >>> 5;
}

export function createBitmap(rows: number): Bitmap {
  return new Uint32Array(wordsFor(rows));
}

/** A copy with room for so many rows, no fewer than before. */
export function growBitmap(bitmap: Bitmap, rows: number): Bitmap {
  const grown = createBitmap(rows);
  grown.set(bitmap);
  return grown;
}

export function hasRow(bitmap: Bitmap, row: number): boolean {
  return (((bitmap[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
}

export function setRow(bitmap: Bitmap, row: number, isIn: boolean): void {
  const word = row >>> 5;
  const bit = 1 << (row & 31);
  bitmap[word] = isIn ? (bitmap[word] ?? 0) | bit : (bitmap[word] ?? 0) & ~bit;
}

/** Keeps in `into` what is in `other` too; `other` may be longer. */
export function intersect(into: Bitmap, other: Bitmap): Bitmap {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) & (other[word] ?? 0);
  return into;
}

export function unite(into: Bitmap, other: Bitmap): Bitmap {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) | (other[word] ?? 0);
  return into;
}

export function subtract(into: Bitmap, other: Bitmap): Bitmap {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) & ~(other[word] ?? 0);
  return into;
}

/** What is in exactly one of the two. */
export function toggle(into: Bitmap, other: Bitmap): Bitmap {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) ^ (other[word] ?? 0);
  return into;
}

export function countRows(bitmap: Bitmap): number {
  let count = 0;
  for (const word of bitmap) count += countBits(word);
  return count;
}

/** The rows of `within` that pass; `test` is asked of those alone, in rising order. */
export function filterRows(within: Bitmap, test: (row: number) => boolean): Bitmap {
  const found = new Uint32Array(within.length);
  for (let word = 0; word < within.length; word++) {
    let open = within[word] ?? 0;
    let bits = 0;
    while (open !== 0) {
      const low = open & -open;
      if (test((word << 5) + 31 - Math.clz32(low))) bits |= low;
      open ^= low;
    }
    found[word] = bits;
  }
  return found;
}

/** In rising order. */
export function forEachRow(bitmap: Bitmap, visit: (row: number) => void): void {
  for (let word = 0; word < bitmap.length; word++) {
    for (let open = bitmap[word] ?? 0; open !== 0; open &= open - 1) {
      visit((word << 5) + 31 - Math.clz32(open & -open));
    }
  }
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
