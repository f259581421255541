import { randomUUID } from 'node:crypto';
import type { SelectionHandle } from '../../../domain/image/selection.ts';

/** The selections that clients hold, as fixed sets. A handle is never used twice, not even by another process. */
export type Selections<S> = {
  keep(set: S): SelectionHandle;
  get(handle: SelectionHandle): S | undefined;
  release(handle: SelectionHandle): void;
  /** Releases it once newer ones were left too: the page that takes the place of a closed one may ask for it. */
  leave(handle: SelectionHandle): void;
  /** Replaces each set, as after the rows that it is made of were numbered again. */
  change(replace: (set: S) => S): void;
};

const mostLeft = 4;
/** Pages release what they no longer need: this is for a client that never does. 500 selections of a million images. */
const mostBytes = 64_000_000;

/** Beyond `mostBytes`, the selection unused for longest is released. */
export function createSelections<S>(bytesOf: (set: S) => number): Selections<S> {
  const sets = new Map<SelectionHandle, S>();
  const left = new Set<SelectionHandle>();
  const run = randomUUID().slice(0, 13);
  let last = 0;
  const release = (handle: SelectionHandle): void => {
    sets.delete(handle);
    left.delete(handle);
  };
  const tooMany = (): boolean => [...sets.values()].reduce((sum, set) => sum + bytesOf(set), 0) > mostBytes;
  return {
    keep(set) {
      const handle = `${run}-${++last}`;
      sets.set(handle, set);
      while (sets.size > 1 && tooMany()) release(oldestOf(sets.keys()) ?? handle);
      return handle;
    },
    get(handle) {
      const set = sets.get(handle);
      if (set === undefined) return undefined;
      sets.delete(handle);
      sets.set(handle, set);
      return set;
    },
    release,
    leave(handle) {
      if (!sets.has(handle)) return;
      left.delete(handle);
      left.add(handle);
      if (left.size > mostLeft) release(oldestOf(left) ?? handle);
    },
    change(replace) {
      for (const [handle, set] of sets) sets.set(handle, replace(set));
    },
  };
}

function oldestOf(handles: Iterable<SelectionHandle>): SelectionHandle | undefined {
  const [oldest] = handles;
  return oldest;
}
