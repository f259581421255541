import type { App, Event } from 'electron';

/**
 * Ends the app only after the core has let go, so that transfers stop where they can go on. Further wishes to quit
 * meanwhile change nothing; a core that fails to close is told of and does not keep the app open.
 */
export function closeBeforeQuit(
  app: Pick<App, 'on' | 'exit'>,
  close: () => Promise<void>,
  failed: (error: unknown) => void,
): void {
  let leaving = false;
  app.on('before-quit', (event: Pick<Event, 'preventDefault'>) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    close()
      .catch(failed)
      .finally(() => app.exit(0));
  });
}
