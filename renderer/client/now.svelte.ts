import { createSubscriber } from 'svelte/reactivity';

/** The time, read again every so often while something on the page shows it. */
export type Now = { readonly ms: number };

export function createNow(everyMs: number): Now {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs);
    return () => clearInterval(timer);
  });
  return {
    get ms() {
      subscribe();
      return Date.now();
    },
  };
}
