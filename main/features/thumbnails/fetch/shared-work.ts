/** Work that several may wait for: those who ask for the same while it is under way share it. */
export type SharedWork<T> = {
  /** Rejects with the signal's reason when it fires; the work is stopped when nobody waits for it any more. */
  run(id: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Stops everything and resolves when it has ended. */
  stop(): Promise<void>;
};

type Entry<T> = { readonly stopping: AbortController; readonly done: Promise<T>; waiters: number };

/** `joined` is told of work that another one has come to wait for. */
export function createSharedWork<T>(joined: (id: string) => void = () => undefined): SharedWork<T> {
  const current = new Map<string, Entry<T>>();
  const underWay = new Set<Promise<T>>();

  function begin(id: string, work: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const stopping = new AbortController();
    const done = work(stopping.signal);
    const entry = { stopping, done, waiters: 0 };
    current.set(id, entry);
    underWay.add(done);
    const end = (): void => {
      underWay.delete(done);
      if (current.get(id) === entry) current.delete(id);
    };
    done.then(end, end);
    return entry;
  }

  function stop(id: string, entry: Entry<T>): void {
    if (current.get(id) === entry) current.delete(id);
    entry.stopping.abort();
  }

  return {
    run(id, work, signal) {
      const known = current.get(id);
      if (known !== undefined) joined(id);
      const entry = known ?? begin(id, work);
      entry.waiters++;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          entry.waiters--;
          if (entry.waiters === 0) stop(id, entry);
          reject(signal.reason as Error);
        };
        if (signal.aborted) {
          leave();
          return;
        }
        signal.addEventListener('abort', leave, { once: true });
        entry.done.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    },
    async stop() {
      for (const [id, entry] of [...current]) stop(id, entry);
      await Promise.allSettled(underWay);
    },
  };
}
