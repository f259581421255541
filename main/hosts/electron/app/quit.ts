import type { App, Event } from 'electron';
import type { ClosingWay } from '../../../domain/settings.ts';
import type { Activity } from '../shell-integration/activity.ts';

export type Quit = {
  /** Returns whether the app may quit now; called on each request to quit. */
  readonly mayLeave: () => Promise<boolean>;
  /** Stops running work so that it can be resumed. */
  readonly close: () => Promise<void>;
  readonly failed: (error: unknown) => void;
};

/**
 * Quits only after the core has closed, so that transfers stop where they can be resumed. Further requests to quit
 * meanwhile change nothing; a core that fails to close is reported and does not keep the app open.
 */
export function closeBeforeQuit(app: Pick<App, 'on' | 'exit'>, { mayLeave, close, failed }: Quit): void {
  let isQuitting = false;
  const quit = async () => {
    if (!(await mayLeave())) return;
    await close().catch(failed);
    app.exit(0);
  };
  app.on('before-quit', (event: Pick<Event, 'preventDefault'>) => {
    event.preventDefault();
    if (isQuitting) return;
    isQuitting = true;
    quit()
      .catch(failed)
      .finally(() => (isQuitting = false));
  });
}

/**
 * Decides what closing the window, or quitting, does. Nobody is asked if nothing is running. A sync counts as a
 * download does if the window is closed. Users who chose to continue in the background on close can still quit, and are
 * asked then.
 */
export function decideQuit(
  trigger: 'close' | 'quit',
  way: ClosingWay,
  { running, syncs }: Pick<Activity, 'running' | 'syncs'>,
): 'leave' | 'background' | 'ask' {
  if (running + syncs === 0 || way === 'quit') return 'leave';
  // Quitting during a sync loses nothing: the next one resumes it.
  if (trigger === 'quit' && running === 0) return 'leave';
  return trigger === 'close' && way === 'background' ? 'background' : 'ask';
}
