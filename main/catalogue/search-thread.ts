import { setImmediate } from 'node:timers/promises';
import type { ImageKey } from '../domain/image.ts';
import { ok } from '../domain/result.ts';
import type { KeyColumns } from '../search/held-result.ts';
import type { SearchEngine } from '../search/search-engine.ts';
import { createSearchConnection, type SearchConnectionDeps } from './search-connection.ts';

export type SearchThread = SearchEngine & {
  /** Loads the index, so that the first question finds it. */
  warm(): void;
};

/** The index on a thread of its own, started by the first question, and started again should it ever end by itself. */
export function createSearchThread(deps: SearchConnectionDeps): SearchThread {
  const { ask, warm, close } = createSearchConnection(deps);
  return {
    query: (query, take) => ask('query', query, take),
    count: (queries) => ask('count', queries),
    keys: (handle, from, to) => ask('keys', handle, from, to),
    position: (handle, key) => ask('position', handle, key),
    scale: (handle, steps) => ask('scale', handle, steps),
    measure: (selection) => ask('measure', selection),
    marks: (handle, range, selection) => ask('marks', handle, range, selection),
    async all(target) {
      const columns = await ask('all', target);
      return columns.ok ? ok(await toKeys(columns.value)) : columns;
    },
    release: (handle) => void ask('release', handle).catch(() => undefined),
    ...{ warm, close },
  };
}

const keysAtOnce = 20_000;

async function toKeys({ ids, accountIds }: KeyColumns): Promise<ImageKey[]> {
  const keys: ImageKey[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (at > 0 && at % keysAtOnce === 0) await setImmediate();
    keys.push({ accountId: accountIds[at] ?? 0, id: ids[at] ?? 0 });
  }
  return keys;
}
