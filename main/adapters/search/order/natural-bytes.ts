/** Room that a natural key may take at most, for a text of so many bytes. */
export function naturalRoom(length: number): number {
  return 3 * length + 8;
}

/**
 * Writes what `naturalKey` (domain/text/natural-order.ts) makes of a folded text, so that bytes compare as its UTF-16 units
 * do: as UTF-8, with each surrogate by itself. Returns where the key ends.
 */
export function writeNaturalKey(bytes: Uint8Array, start: number, end: number, into: Uint8Array, from: number): number {
  let at = from;
  let next = start;
  while (next < end) {
    const byte = bytes[next] ?? 0;
    if (isDigit(byte)) {
      const first = skipZeros(bytes, next, end);
      next = first;
      while (next < end && isDigit(bytes[next] ?? 0)) next += 1;
      into[at] = 0x30;
      at = writeUnit(into, at + 1, Math.min(next - first, 0xffff));
      for (let digit = first; digit < next; digit++) into[at++] = bytes[digit] ?? 0;
    } else if (byte >= 0xf0) {
      const point =
        ((byte & 7) << 18) | (tail(bytes, next + 1) << 12) | (tail(bytes, next + 2) << 6) | tail(bytes, next + 3);
      at = writeUnit(into, at, 0xd800 + ((point - 0x10000) >>> 10));
      at = writeUnit(into, at, 0xdc00 + (point & 0x3ff));
      next += 4;
    } else {
      into[at++] = byte;
      next += 1;
    }
  }
  return at;
}

/** Bytes in their order; what ends first stands first. */
export function compareKeys(one: Uint8Array, oneEnd: number, other: Uint8Array, otherEnd: number): number {
  const length = Math.min(oneEnd, otherEnd);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return oneEnd - otherEnd;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function skipZeros(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] === 0x30) at += 1;
  return at;
}

function tail(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 0x3f;
}

function writeUnit(into: Uint8Array, at: number, unit: number): number {
  if (unit < 0x80) {
    into[at] = unit;
    return at + 1;
  }
  if (unit < 0x800) {
    into[at] = 0xc0 | (unit >>> 6);
    into[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  into[at] = 0xe0 | (unit >>> 12);
  into[at + 1] = 0x80 | ((unit >>> 6) & 0x3f);
  into[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}
