import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type Listener = 'main' | 'other';

export type RecordedRequest = {
  readonly listener: Listener;
  readonly kind: 'call' | 'file' | 'other';
  /** Among the calls at this listener, or among the requests for this file, from 1. */
  readonly number: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Of the image that the path led to when it was asked for. */
  readonly id: number | null;
  readonly headers: IncomingHttpHeaders;
  /** ms since the fake API started. */
  readonly atMs: number;
  /** 0 until the answer has begun, and for ever where none does. */
  status: number;
};

export type Hook = () => void | Promise<void>;

/** Remembers what was asked, and what is to happen at which request. */
export type Traffic = {
  readonly requests: readonly RecordedRequest[];
  /** `subject` says what is counted: all requests for one file share it. */
  record(request: IncomingMessage, place: Place): RecordedRequest;
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
    record({ method = '', url: path = '', headers }, { subject, ...place }) {
      const number = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, number);
      const atMs = performance.now() - startedAt;
      const recorded = { ...place, number, method, path, headers, atMs, status: 0 };
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
