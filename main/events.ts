import type { EventBody, EventMessage } from './contract/events.ts';

export type Events = {
  /** Sends at once, or, within 100 ms of the last message on the same subject, only the newest after that time. */
  publish(body: EventBody): void;
  listen(receive: (message: EventMessage) => void): () => void;
  /** Sends all delayed messages. */
  flush(): void;
};

const intervalMs = 100;

export type EventTimers = {
  readonly now: () => number;
  /** Calls back after `ms`; returns a function that cancels it. */
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

/** Calls `listeningChanged` when the first listener is added or the last one removed. */
export function createEvents(
  timers: EventTimers = systemTimers,
  listeningChanged: (hasListeners: boolean) => void = () => undefined,
): Events {
  const listeners = new Set<(message: EventMessage) => void>();
  const sentAt = new Map<string, number>();
  const pending = new Map<string, { body: EventBody; cancel: () => void }>();
  let revision = 0;
  const send = (subject: string, body: EventBody) => {
    pending.get(subject)?.cancel();
    pending.delete(subject);
    sentAt.set(subject, timers.now());
    revision += 1;
    for (const receive of listeners) receive({ ...body, revision });
  };
  return {
    publish(body) {
      const subject = subjectOf(body);
      const delayed = pending.get(subject);
      if (delayed) {
        delayed.body = body;
        return;
      }
      const dueMs = (sentAt.get(subject) ?? -intervalMs) + intervalMs - timers.now();
      if (dueMs <= 0) {
        send(subject, body);
        return;
      }
      const entry = { body, cancel: timers.after(dueMs, () => send(subject, entry.body)) };
      pending.set(subject, entry);
    },
    listen(receive) {
      listeners.add(receive);
      if (listeners.size === 1) listeningChanged(true);
      return () => {
        if (listeners.delete(receive) && listeners.size === 0) listeningChanged(false);
      };
    },
    flush() {
      for (const [subject, { body }] of [...pending]) send(subject, body);
    },
  };
}

/** Returns the subject of a message; a newer one with the same subject supersedes it. */
export function subjectOf(body: EventBody): string {
  if (body.topic === 'sync') return `sync ${body.sync.syncId}`;
  if (body.topic === 'batch') return `batch ${body.batch.batchId}`;
  if (body.topic === 'planning') return `planning ${body.planning.ticket}`;
  return body.topic;
}
