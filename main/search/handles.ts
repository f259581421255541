/** Results kept for whoever looks through them; beyond `most`, the one unused for longest gives way. */
export type Handles<T> = {
  keep(value: T): number;
  get(handle: number): T | undefined;
  release(handle: number): void;
};

const mostHandles = 32;

export function createHandles<T>(most = mostHandles): Handles<T> {
  const values = new Map<number, T>();
  let lastHandle = 0;
  return {
    keep(value) {
      lastHandle += 1;
      values.set(lastHandle, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
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
