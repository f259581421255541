import { createNewestFirst, type NewestFirst } from './newest-first.ts';

/** So many fetches at once from one host; of those that wait the newest first. */
export type HostQueues = Pick<NewestFirst, 'raise'> & {
  run<T>(host: string, id: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

export function createHostQueues(mostPerHost: number): HostQueues {
  const queues = new Map<string, NewestFirst>();
  return {
    async run(host, id, work, signal) {
      const queue = queues.get(host) ?? createNewestFirst(mostPerHost);
      queues.set(host, queue);
      try {
        return await queue.run(id, work, signal);
      } finally {
        if (queue.size === 0) queues.delete(host);
      }
    },
    raise(id) {
      for (const queue of queues.values()) queue.raise(id);
    },
  };
}
