import type { EventMessage } from '../../contract/events.ts';
import { subjectOf } from '../../events.ts';

/** Queues events while the reader is slow. */
export type EventQueue = {
  send(message: EventMessage): void;
  /** Sends queued events if the reader has caught up. */
  caughtUp(): void;
};

/**
 * Queues only the newest event of each subject. Events are snapshots, so a slow reader skips those in between: nothing
 * piles up, and the last state is never missed.
 */
export function createEventQueue(send: (message: EventMessage) => void, isFree: () => boolean): EventQueue {
  const queued = new Map<string, EventMessage>();
  return {
    send(message) {
      if (queued.size === 0 && isFree()) return send(message);
      const subject = subjectOf(message);
      queued.delete(subject);
      queued.set(subject, message);
    },
    caughtUp() {
      for (const [subject, message] of queued) {
        if (!isFree()) return;
        queued.delete(subject);
        send(message);
      }
    },
  };
}
