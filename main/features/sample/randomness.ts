/** Draws from one seeded stream: the same seed gives the same draws on every machine. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  between(low: number, high: number): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
};

/** A 32-bit hash of three whole numbers: `salt` keeps the questions asked of one index apart. */
export function hashOf(seed: number, index: number, salt: number): number {
  return scramble(scramble(scramble(seed) + index) + Math.imul(salt, 0x9e3779b1));
}

/** The same hash as a number from 0 up to, not including, 1. */
export function shareOf(seed: number, index: number, salt: number): number {
  return hashOf(seed, index, salt) / 0x1_0000_0000;
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ 0x5bd1e995, 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function createRandom(seed: number): Random {
  let drawn = 0;
  const next = (): number => shareOf(seed, drawn++, 1);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    pick: (list) => list[below(list.length)] ?? list[0],
    chance: (probability) => next() < probability,
  };
}
