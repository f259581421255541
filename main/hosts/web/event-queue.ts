import type { EventMessage } from '../../contract/events.ts';
import { subjectOf } from '../../events.ts';

/** Where events go: `isFree` while the reader keeps up. */
export type EventQueue = {
  send(message: EventMessage): void;
  /** Sends what was held back, if the reader has caught up. */
  caughtUp(): void;
};

/**
 * Events are pictures of what is, so a reader that is slow gets, once it has caught up, the newest of each subject and
 * none of those in between: nothing piles up, and the last state is never missed.
 */
export function createEventQueue(send: (message: EventMessage) => void, isFree: () => boolean): EventQueue {
  const held = new Map<string, EventMessage>();
  return {
    send(message) {
      if (held.size === 0 && isFree()) return send(message);
      const subject = subjectOf(message);
      held.delete(subject);
      held.set(subject, message);
    },
    caughtUp() {
      for (const [subject, message] of held) {
        if (!isFree()) return;
        held.delete(subject);
        send(message);
      }
    },
  };
}
