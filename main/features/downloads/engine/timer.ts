import type { Clock } from '../../../ports/clock.ts';

/** Rings once at the time that was set last. */
export type Timer = {
  /** ms as the clock's; undefined for no time at all. */
  set(at: number | undefined): void;
};

export function createTimer(clock: Clock, ring: () => void): Timer {
  let current: { readonly at: number; readonly off: AbortController } | undefined;
  return {
    set(at) {
      if (at === current?.at) return;
      current?.off.abort();
      current = undefined;
      if (at === undefined) return;
      const mine = { at, off: new AbortController() };
      current = mine;
      clock.sleep(Math.max(0, at - clock.now()), mine.off.signal).then(
        () => {
          if (current === mine) current = undefined;
          ring();
        },
        () => undefined,
      );
    },
  };
}
