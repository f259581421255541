/** Results kept for whoever looks through them; beyond the limit, the one unused for longest gives way. */
export type Handles<T> = {
  keep(value: T): number;
  get(handle: number): T | undefined;
  release(handle: number): void;
};

const mostHandles = 32;

/**
 * The first handle is the one after `lastHandle`. `isTooMuch` may find so many values too large to be kept; the newest
 * is, whatever it says.
 */
export function createHandles<T>(
  lastHandle = 0,
  isTooMuch: (values: readonly T[]) => boolean = () => false,
): Handles<T> {
  const values = new Map<number, T>();
  let last = lastHandle;
  return {
    keep(value) {
      last += 1;
      values.set(last, value);
      for (const oldest of values.keys()) {
        if (values.size === 1 || (values.size <= mostHandles && !isTooMuch([...values.values()]))) break;
        values.delete(oldest);
      }
      return last;
    },
    get(handle) {
      const value = values.get(handle);
      if (value === undefined) return undefined;
      values.delete(handle);
      values.set(handle, value);
      return value;
    },
    release: (handle) => void values.delete(handle),
  };
}
