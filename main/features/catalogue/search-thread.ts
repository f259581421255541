import type { SearchEngine } from '../../adapters/search/engine/search-engine.ts';
import { createSearchConnection, type SearchConnectionDeps } from './search-connection.ts';

export type SearchThread = SearchEngine & {
  /** Loads the index, so that the first question finds it. */
  warm(): void;
};

/** The index on a thread of its own, started by the first question, and started again should it ever end by itself. */
export function createSearchThread(deps: SearchConnectionDeps): SearchThread {
  const { ask, warm, close } = createSearchConnection(deps);
  return {
    query: (query, take, counts) => ask('query', query, take, counts),
    counts: (asked, handle) => ask('counts', asked, handle),
    keys: (handle, from, to) => ask('keys', handle, from, to),
    position: (handle, key) => ask('position', handle, key),
    scale: (handle, steps) => ask('scale', handle, steps),
    select: (change) => ask('select', change),
    measure: (selection) => ask('measure', selection),
    marks: (handle, range, selection) => ask('marks', handle, range, selection),
    all: (target) => ask('all', target),
    release: (handle) => void ask('release', handle).catch(() => undefined),
    releaseSelection: (selection, mayReturn) =>
      void ask('releaseSelection', selection, mayReturn).catch(() => undefined),
    ...{ warm, close },
  };
}
