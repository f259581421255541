/** How long a call to the API is tried: retries after the first attempt, and ms. */
export const apiPatience = {
  retries: 4,
  /** Failed attempts and back-off together; waits that the server asked for do not count. */
  totalMs: 30_000,
  /** A server that asks for more than this is not waited for. */
  longestWaitMs: 5 * 60_000,
  /** How often in a row a server may ask one call to wait. */
  obeyedWaits: 10,
} as const;

/** How often the bytes of one file are asked for again, where that can help. */
export const filePatience = { retries: 4 } as const;

const firstCeilingMs = 1_000;
const highestCeilingMs = 16_000;

/**
 * Back-off with full jitter, in whole ms: uniform between 0 and a ceiling that doubles with each retry (1 s, 2 s, 4 s …
 * 16 s). `retry` counts from 1, `random` is uniform in [0, 1).
 */
export function backoffMs(retry: number, random: () => number): number {
  const ceilingMs = Math.min(highestCeilingMs, firstCeilingMs * 2 ** (Math.max(1, retry) - 1));
  return Math.floor(random() * ceilingMs);
}
