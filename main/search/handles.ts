/** Results kept for whoever looks through them; beyond the limit, the one unused for longest gives way. */
export type Handles<T> = {
  keep(value: T): number;
  get(handle: number): T | undefined;
  release(handle: number): void;
};

const mostHandles = 32;

/** `isTooMuch` may find so many of them too large to be kept; the newest is, whatever it says. */
export function createHandles<T>(isTooMuch: (values: readonly T[]) => boolean = () => false): Handles<T> {
  const values = new Map<number, T>();
  let lastHandle = 0;
  return {
    keep(value) {
      lastHandle += 1;
      values.set(lastHandle, value);
      for (const oldest of values.keys()) {
        if (values.size === 1 || (values.size <= mostHandles && !isTooMuch([...values.values()]))) break;
        values.delete(oldest);
      }
      return lastHandle;
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
