import type { Events } from '../events.ts';
import type { Log } from '../ports/log.ts';
import type { OutsideChanges } from '../adapters/storage/database/outside-changes.ts';

export type FollowDeps = {
  readonly changes: OutsideChanges;
  /** Publishes the settings if another process changed them. */
  readonly refreshSettings: () => Promise<void>;
  readonly events: Pick<Events, 'publish'>;
  readonly log: Log;
};

/** A page shows another process's commit within a second, its own delay included. */
const intervalMs = 250;

/**
 * Publishes events for changes by other processes, such as a command-line sync while a window is open. Returns a
 * switch, on while anyone listens.
 */
export function followOthers({ changes, refreshSettings, events, log }: FollowDeps): (isWanted: boolean) => void {
  let timer: NodeJS.Timeout | undefined;
  let isBroken = false;
  const poll = async () => {
    try {
      for (const topic of changes.poll()) events.publish({ topic });
      await refreshSettings();
      isBroken = false;
    } catch (error) {
      // The disk may be unreadable for a while: logged once, and retried at the next poll.
      if (!isBroken) log('warn', 'changes of other processes could not be read', { error: String(error) });
      isBroken = true;
    }
  };
  return (isWanted) => {
    clearInterval(timer);
    timer = undefined;
    if (!isWanted) return;
    timer = setInterval(() => void poll(), intervalMs);
    timer.unref();
    void poll();
  };
}
