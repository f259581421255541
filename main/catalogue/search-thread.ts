import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ImageKey } from '../domain/image.ts';
import { ok } from '../domain/result.ts';
import type { KeyColumns } from '../search/index-engine.ts';
import type { SearchEngine } from '../search/search-engine.ts';
import {
  fromThrown,
  type SearchReply,
  type SearchRequest,
  type SearchVerb,
  type SearchVerbs,
} from '../search/search-messages.ts';

/** What the thread has to know, as it crosses to it. */
export type SearchThreadData = {
  readonly dataFolder: string;
  readonly cacheFolder: string;
  /** Of the program: a cache of another one is not read. */
  readonly version: string;
  /** Fewer images are sooner read anew than from a cache. */
  readonly cachedFrom: number;
  /** Its handles come after this one, so that none of an earlier thread names anything of this one's. */
  readonly lastHandle: number;
};

export type SearchThread = SearchEngine & {
  /** Loads the index, so that the first question finds it. */
  warm(): void;
};

export type SearchThreadDeps = Omit<SearchThreadData, 'cachedFrom' | 'lastHandle'> & {
  readonly cachedFrom?: number;
  readonly now: () => number;
  /** It ended by itself, and was started again. */
  readonly restarted: (error: unknown) => void;
};

/** The index on a thread of its own, started by the first question, and started again should it ever end by itself. */
export function createSearchThread(deps: SearchThreadDeps): SearchThread {
  const { ask, warm, close } = createConnection(deps);
  return {
    query: (query) => ask('query', query),
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

type Waiting = {
  readonly request: SearchRequest;
  readonly starts: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
};

/** A question is asked of one thread, and once more of the next one where that ended over it. */
const mostAttempts = 2;
/** What writing the cache may take before the thread is ended all the same. */
const closeMs = 5000;
const handlesPerThread = 2 ** 32;

function createConnection({ now, restarted, cachedFrom = 5000, ...folders }: SearchThreadDeps) {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let starts = 0;
  let lastId = 0;
  let closing: Promise<void> | undefined;
  const start = (): Worker => {
    const url = new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url);
    const workerData: SearchThreadData = { ...folders, cachedFrom, lastHandle: starts * handlesPerThread };
    const started = new Worker(url, { workerData, execArgv: [] });
    starts += 1;
    let reason: unknown;
    started.on('message', (reply: SearchReply) => settle(reply));
    started.on('error', (error) => (reason = error));
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      if (closing === undefined) carryOn(reason);
    });
    return started;
  };
  const current = (): Worker => (worker ??= start());
  /** While nothing is asked, the thread keeps no process from ending. */
  const hold = (): void => {
    if (waiting.size > 0) worker?.ref();
    else worker?.unref();
  };
  const settle = (reply: SearchReply): void => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    hold();
    if (reply.ok) asked?.resolve(reply.value);
    else asked?.reject(fromThrown(reply.error));
  };
  const carryOn = (reason: unknown): void => {
    restarted(reason);
    for (const [id, asked] of waiting) {
      if (starts - asked.starts + 1 < mostAttempts) current().postMessage(asked.request);
      else {
        waiting.delete(id);
        asked.reject(new Error('The search thread ended over a question.', { cause: reason }));
      }
    }
    hold();
  };
  return {
    warm(): void {
      current().postMessage({ verb: 'warm', now: now() } satisfies SearchRequest);
      hold();
    },
    ask<V extends SearchVerb>(
      verb: V,
      ...input: Parameters<SearchVerbs[V]>
    ): Promise<Awaited<ReturnType<SearchVerbs[V]>>> {
      if (closing !== undefined) return Promise.reject(new Error('The search is closed.'));
      const request: SearchRequest = { id: ++lastId, verb, input, now: now() };
      return new Promise((resolve, reject) => {
        const thread = current();
        // Both ends are typed by the same table of verbs.
        waiting.set(request.id, { request, starts, resolve: resolve as (value: unknown) => void, reject });
        thread.postMessage(request);
        hold();
      });
    },
    close: () => (closing ??= worker === undefined ? Promise.resolve() : end(worker)),
  };
}

async function end(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.ref();
  worker.postMessage({ verb: 'close' } satisfies SearchRequest);
  const timer = setTimeout(() => void worker.terminate(), closeMs);
  await ended;
  clearTimeout(timer);
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
