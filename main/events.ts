import type { EventBody, EventMessage } from './contract/events.ts';

export type Events = {
  /** Sends at once, or, within 100 ms of the last message on the same subject, the newest of them when that has passed. */
  publish(body: EventBody): void;
  listen(receive: (message: EventMessage) => void): () => void;
  /** Sends what is still waiting. */
  flush(): void;
};

const intervalMs = 100;

export type EventTimers = {
  readonly now: () => number;
  /** Calls back after `ms`; returns what takes that back. */
  readonly after: (ms: number, call: () => void) => () => void;
};

const systemTimers: EventTimers = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** `heard` is told whenever the first one begins to listen, or the last one has stopped. */
export function createEvents(
  timers: EventTimers = systemTimers,
  heard: (isHeard: boolean) => void = () => undefined,
): Events {
  const listeners = new Set<(message: EventMessage) => void>();
  const sentAt = new Map<string, number>();
  const waiting = new Map<string, { body: EventBody; cancel: () => void }>();
  let revision = 0;
  const send = (subject: string, body: EventBody) => {
    waiting.get(subject)?.cancel();
    waiting.delete(subject);
    sentAt.set(subject, timers.now());
    revision += 1;
    for (const receive of listeners) receive({ ...body, revision });
  };
  return {
    publish(body) {
      const subject = subjectOf(body);
      const waits = waiting.get(subject);
      if (waits) {
        waits.body = body;
        return;
      }
      const dueMs = (sentAt.get(subject) ?? -intervalMs) + intervalMs - timers.now();
      if (dueMs <= 0) {
        send(subject, body);
        return;
      }
      const entry = { body, cancel: timers.after(dueMs, () => send(subject, entry.body)) };
      waiting.set(subject, entry);
    },
    listen(receive) {
      listeners.add(receive);
      if (listeners.size === 1) heard(true);
      return () => {
        if (listeners.delete(receive) && listeners.size === 0) heard(false);
      };
    },
    flush() {
      for (const [subject, { body }] of [...waiting]) send(subject, body);
    },
  };
}

/** What a message is about: of two with the same subject, the newer says all. */
export function subjectOf(body: EventBody): string {
  if (body.topic === 'sync') return `sync ${body.sync.syncId}`;
  if (body.topic === 'batch') return `batch ${body.batch.batchId}`;
  if (body.topic === 'planning') return `planning ${body.planning.ticket}`;
  return body.topic;
}
