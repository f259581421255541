/** An element of a list, and the row that it draws. */
export type Slot = { readonly slot: number; readonly row: number };

/**
 * `count` elements for the rows from `first` on. A row has the element that its number modulo `count` names, and so keeps
 * it while it is in sight, as long as `count` stays the same.
 */
export function slotsFrom(first: number, count: number): readonly Slot[] {
  return Array.from({ length: count }, (_, slot) => ({
    slot,
    row: first + ((slot - (first % count) + count) % count),
  }));
}
