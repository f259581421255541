import type { App, Event } from 'electron';
import type { ClosingWay } from '../../../domain/settings.ts';
import type { Activity } from '../shell-integration/activity.ts';

export type Quit = {
  /** Whether the app may end now; asked each time that somebody wishes it to. */
  readonly mayLeave: () => Promise<boolean>;
  /** Ends what is under way so that it can go on later. */
  readonly close: () => Promise<void>;
  readonly failed: (error: unknown) => void;
};

/**
 * Ends the app only after the core has let go, so that transfers stop where they can go on. Further wishes to quit
 * meanwhile change nothing; a core that fails to close is told of and does not keep the app open.
 */
export function closeBeforeQuit(app: Pick<App, 'on' | 'exit'>, { mayLeave, close, failed }: Quit): void {
  let isUnderWay = false;
  const leave = async () => {
    if (!(await mayLeave())) return;
    await close().catch(failed);
    app.exit(0);
  };
  app.on('before-quit', (event: Pick<Event, 'preventDefault'>) => {
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    leave()
      .catch(failed)
      .finally(() => (isUnderWay = false));
  });
}

/**
 * What closing the window, or quitting, means. Nobody is asked while nothing is under way. A sync counts as a download
 * does where the window is closed. Who chose that it all goes on in the background when the window is closed can still
 * quit, and is asked then.
 */
export function decideQuit(
  wish: 'close' | 'quit',
  way: ClosingWay,
  { running, syncs }: Pick<Activity, 'running' | 'syncs'>,
): 'leave' | 'background' | 'ask' {
  if (running + syncs === 0 || way === 'quit') return 'leave';
  // Whoever quits a sync loses nothing by it: the next one goes on from there.
  if (wish === 'quit' && running === 0) return 'leave';
  return wish === 'close' && way === 'background' ? 'background' : 'ask';
}
