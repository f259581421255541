/** A page that ends more often than this in a minute is not loaded again without asking. */
const mostCrashes = 3;
const withinMs = 60_000;

/** Says for each crash whether the page may be brought back by itself. `now` in ms. */
export function createCrashCount(now: () => number): () => boolean {
  let recent: readonly number[] = [];
  return () => {
    recent = [...recent, now()].filter((at) => now() - at < withinMs);
    return recent.length <= mostCrashes;
  };
}
