/** A page that crashes more often than this in a minute is not reloaded without asking. */
const maxCrashes = 3;
const withinMs = 60_000;

/** Returns whether the page may be reloaded automatically, called on each crash. `now` in ms. */
export function createCrashCount(now: () => number): () => boolean {
  let recent: readonly number[] = [];
  return () => {
    recent = [...recent, now()].filter((time) => now() - time < withinMs);
    return recent.length <= maxCrashes;
  };
}
