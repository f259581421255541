import { u16be, u32be } from '../integers.ts';

/** Returns the id of the item that is shown, from a `pitm` box (ISO/IEC 14496-12, 8.11.4). */
export function primaryItem(box: Uint8Array): number {
  return box[0] === 0 ? u16be(box, 4) : u32be(box, 4);
}

/** Returns whether an `irot` box turns by 90 or 270 degrees (ISO/IEC 23008-12, 6.5.10). */
export function isQuarterTurn(box: Uint8Array): boolean {
  return ((box[0] ?? 0) & 1) === 1;
}

/** Returns whether an `ipma` box gives the item one of these properties, counted from 1 (ISO/IEC 23008-12, 9.3). */
export function hasProperty(box: Uint8Array, item: number, properties: ReadonlySet<number>): boolean {
  const isWideId = (box[0] ?? 0) >= 1;
  const isWideIndex = ((box[3] ?? 0) & 1) === 1;
  const entries = u32be(box, 4);
  let at = 8;
  for (let entry = 0; entry < entries && at < box.length; entry += 1) {
    const id = isWideId ? u32be(box, at) : u16be(box, at);
    at += isWideId ? 4 : 2;
    const count = box[at] ?? 0;
    at += 1;
    for (let index = 0; index < count; index += 1) {
      const property = isWideIndex ? u16be(box, at) & 0x7fff : (box[at] ?? 0) & 0x7f;
      at += isWideIndex ? 2 : 1;
      if (id === item && properties.has(property)) return true;
    }
  }
  return false;
}
