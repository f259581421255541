/** Lets some work run at once, and of what waits the newest first: that is what people look at now. */
export type NewestFirst = {
  /** Rejects with the signal's reason where that fires before its turn; the work hears it itself from then on. */
  run<T>(id: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Makes what waits under this name the newest. */
  raise(id: string): void;
  readonly size: number;
};

type Waiter = { readonly id: string; readonly admit: () => void };

export function createNewestFirst(most: number): NewestFirst {
  let waiting: Waiter[] = [];
  let running = 0;

  function queueUp(id: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting = waiting.filter((other) => other !== waiter);
        reject(signal.reason as Error);
      };
      const admit = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiter: Waiter = { id, admit };
      waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  return {
    async run(id, work, signal) {
      signal.throwIfAborted();
      if (running < most) running++;
      // Whoever leaves hands the place over.
      else await queueUp(id, signal);
      try {
        return await work();
      } finally {
        const next = waiting.pop();
        if (next === undefined) running--;
        else next.admit();
      }
    },
    raise(id) {
      const raised = waiting.filter((waiter) => waiter.id === id);
      if (raised.length > 0) waiting = [...waiting.filter((waiter) => waiter.id !== id), ...raised];
    },
    get size() {
      return running + waiting.length;
    },
  };
}
