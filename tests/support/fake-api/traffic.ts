import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type Listener = 'main' | 'other';

export type RecordedRequest = {
  readonly listener: Listener;
  readonly kind: 'call' | 'file' | 'other';
  /** The number among the calls at this listener, or among the requests for this file, from 1. */
  readonly number: number;
  readonly method: string;
  /** The path and query. */
  readonly path: string;
  /** The id of the image at this path at the time of the request. */
  readonly id: number | null;
  readonly headers: IncomingHttpHeaders;
  /** In ms since the fake API started. */
  readonly atMs: number;
  /** 0 until the response has begun, and if none does. */
  status: number;
};

export type Hook = () => void | Promise<void>;

/** Records requests, and runs hooks at given requests. */
export type Traffic = {
  readonly requests: readonly RecordedRequest[];
  /** Records a request; `subject` is the counter, shared by all requests for one file. */
  record(request: IncomingMessage, target: Place): RecordedRequest;
  hook(subject: string, number: number, run: Hook): void;
  runHooks(subject: string, number: number): Promise<void>;
};

export type Place = Pick<RecordedRequest, 'listener' | 'kind' | 'id'> & { readonly subject: string };

export function createTraffic(): Traffic {
  const startedAt = performance.now();
  const requests: RecordedRequest[] = [];
  const counts = new Map<string, number>();
  const hooks = new Map<string, Hook[]>();
  return {
    requests,
    record({ method = '', url: path = '', headers }, { subject, ...target }) {
      const number = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, number);
      const atMs = performance.now() - startedAt;
      const recorded = { ...target, number, method, path, headers, atMs, status: 0 };
      requests.push(recorded);
      return recorded;
    },
    hook(subject, number, run) {
      const key = `${subject} ${number}`;
      hooks.set(key, [...(hooks.get(key) ?? []), run]);
    },
    async runHooks(subject, number) {
      for (const run of hooks.get(`${subject} ${number}`) ?? []) await run();
    },
  };
}
