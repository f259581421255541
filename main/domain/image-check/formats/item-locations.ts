import { u16be, u32be, uintbe } from '../integers.ts';

/** How far into the file the items of an `iloc` box reach (ISO/IEC 14496-12, 8.11.3); items kept elsewhere don't count. */
export function extentsEnd(box: Uint8Array): number {
  const version = box[0] ?? 0;
  const widths = u16be(box, 4);
  const offsetWidth = (widths >> 12) & 15;
  const lengthWidth = (widths >> 8) & 15;
  const baseWidth = (widths >> 4) & 15;
  const indexWidth = version === 0 ? 0 : widths & 15;
  const wide = version >= 2 ? 4 : 2;
  const items = version >= 2 ? u32be(box, 6) : u16be(box, 6);
  let at = 6 + wide;
  let end = 0;
  for (let item = 0; item < items && at < box.length; item += 1) {
    at += wide;
    const inFile = version === 0 || (u16be(box, at) & 15) === 0;
    at += version === 0 ? 0 : 2;
    const isHere = u16be(box, at) === 0;
    const base = uintbe(box, at + 2, baseWidth);
    at += 2 + baseWidth;
    const extents = u16be(box, at);
    at += 2;
    for (let extent = 0; extent < extents && at < box.length; extent += 1) {
      at += indexWidth;
      const offset = uintbe(box, at, offsetWidth);
      const length = uintbe(box, at + offsetWidth, lengthWidth);
      at += offsetWidth + lengthWidth;
      if (inFile && isHere) end = Math.max(end, base + offset + length);
    }
  }
  return end;
}
