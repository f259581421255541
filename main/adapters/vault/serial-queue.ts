/** Runs one piece of work after the other. A caller whose signal is aborted is let go at once, its turn or not. */
export type SerialQueue = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    const run = last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    last = run.catch(() => undefined);
    return orAborted(run, signal);
  };
}

/** What `promise` gives, or a rejection with the signal's reason when it is aborted first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
