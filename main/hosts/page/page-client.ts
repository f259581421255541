import type { Dispatch } from '../../dispatch.ts';

/** One page's way through the door, which knows what results the page holds. */
export type PageClient = {
  readonly dispatch: Dispatch;
  /** The page is no more: its results are let go of. Whoever calls from now on is another page. */
  leave(): void;
};

/** More than are kept for all pages together. */
const mostHandles = 64;

export function createPageClient(dispatch: Dispatch): PageClient {
  let held = new Set<number>();
  const release = (handle: number): void => void dispatch('catalogue.release', { handle });
  return {
    async dispatch(name, input) {
      const own = held;
      if (name === 'catalogue.release') own.delete(handleIn(input));
      const result = await dispatch(name, input);
      if (name !== 'catalogue.query' || !result.ok) return result;
      const handle = handleIn(result.value);
      // The page went away meanwhile.
      if (own !== held) release(handle);
      else own.add(handle);
      const [oldest = 0] = own;
      if (own.size > mostHandles) own.delete(oldest);
      return result;
    },
    leave() {
      const left = held;
      held = new Set();
      for (const handle of left) release(handle);
    },
  };
}

/** 0, which names nothing, where there is none. */
function handleIn(value: unknown): number {
  const isNamed = typeof value === 'object' && value !== null && 'handle' in value;
  return isNamed && typeof value.handle === 'number' ? value.handle : 0;
}
