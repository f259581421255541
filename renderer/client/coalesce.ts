/** Runs `work` now, or once more after the run under way: many calls in a burst cost two runs at most. */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = () => {
    running = work().finally(() => (running = undefined));
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running.then(() => {
      next = undefined;
      return run();
    });
    return next;
  };
}

/** Runs `work` `ms` after the first call of a burst, and so at most once in that time. */
export function atMostEvery(ms: number, work: () => void | Promise<void>): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      void work();
    }, ms);
  };
}

/** A running sync and a batch tell of themselves ten times a second: counts need not follow as fast. */
export const countsMs = 400;
/** Sizes become exact with each picture that comes, while somebody types or scrolls: adding up again can wait. */
export const weightsMs = 2_000;
