import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../adapters/storage/database/database.ts';

/**
 * Changes of state, many to a transaction: with `synchronous=FULL` each commit waits for the disk, so one for each file
 * would set the pace of the whole batch.
 */
export type Journal = {
  /** Resolves with what `change` returns once it is on disk; changes are made in the order in which they were written. */
  write<T>(change: () => T): Promise<T>;
  /**
   * One piece of long work, with turns between: without a pause in which others may join, and without waiting for the
   * disk. What `write` writes behind the last piece takes all of them there.
   */
  writeNow<T>(change: () => T): Promise<T>;
  /** Resolves once all that was written before is on disk. */
  flush(): Promise<void>;
};

const shortestPauseMs = 4;
const longestPauseMs = 250;
/** Commits take at most about one part in this many of the time. */
const share = 12;
const fullGroup = 512;
const busyRetries = 6;

type Entry = {
  /** Whether its commit waits for the disk. */
  readonly isLasting: boolean;
  readonly change: () => unknown;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

export function createJournal(database: Database): Journal {
  let entries: Entry[] = [];
  let pauseMs = shortestPauseMs;
  let pause: AbortController | null = null;
  let isUrgent = false;
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (entries.length > 0) {
      if (!isUrgent && entries.length < fullGroup) await gather();
      const group = entries;
      entries = [];
      await commit(group);
    }
    isUrgent = false;
    running = null;
  }

  /** Others may join the group meanwhile. */
  async function gather(): Promise<void> {
    pause = new AbortController();
    await sleep(pauseMs, undefined, { signal: pause.signal }).catch(() => undefined);
    pause = null;
  }

  async function commit(group: readonly Entry[]): Promise<void> {
    const began = performance.now();
    const error = await attempt(() => {
      const transaction = group.some(({ isLasting }) => isLasting) ? database.transaction : database.lightTransaction;
      transaction(() => {
        for (const entry of group) entry.change();
      });
    });
    pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, (performance.now() - began) * share));
    for (const entry of group) {
      if (error === undefined) entry.resolve();
      else entry.reject(error.cause);
    }
  }

  function write<T>(change: () => T, isLasting = true): Promise<T> {
    const written = new Promise<T>((resolve, reject) => {
      let value: T;
      entries.push({ isLasting, change: () => (value = change()), resolve: () => resolve(value), reject });
    });
    if (entries.length >= fullGroup) pause?.abort();
    running ??= drain();
    return written;
  }

  async function flush(): Promise<void> {
    if (running === null) return;
    isUrgent = true;
    pause?.abort();
    await running;
  }

  return {
    write: (change) => write(change),
    async writeNow(change) {
      const [written] = await Promise.all([write(change, false), flush()]);
      // Commits wait for no event: without this, piece after piece would leave nothing else its turn.
      await setImmediate();
      return written;
    },
    flush,
  };
}

/** Another process on the same file may hold its lock for longer than SQLite itself waits. */
async function attempt(work: () => void): Promise<{ readonly cause: unknown } | undefined> {
  for (let retry = 0; ; retry++) {
    try {
      work();
      return undefined;
    } catch (error) {
      if (!isBusy(error) || retry === busyRetries) return { cause: error };
      await sleep(50 * 2 ** retry);
    }
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
}
