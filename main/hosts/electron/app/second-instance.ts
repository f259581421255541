import type { App } from 'electron';
import type { StartArguments } from './start-arguments.ts';
import { readDeepLink } from '../shell-integration/deep-link.ts';

export type Reception = {
  readonly search: (query: string | undefined) => void;
  readonly bringForward: () => void;
  /** Opens a folder of the system's list of recent ones. */
  readonly openRecent: (path: string) => void;
};

export type LaunchRequests = {
  /** Handles pending requests, and all later ones. */
  serve(handlers: Reception): void;
};

/** Receives second launches and links; queues them while the core is still opening. */
export function receiveLaunchRequests(
  app: Pick<App, 'on'>,
  readSecondStart: (argv: readonly string[]) => StartArguments,
): LaunchRequests {
  const pending: ((handlers: Reception) => void)[] = [];
  let currentHandlers: Reception | undefined;
  const enqueue = (request: (handlers: Reception) => void) => {
    if (currentHandlers === undefined) pending.push(request);
    else request(currentHandlers);
  };
  const search = (query: string | undefined) =>
    enqueue((handlers) => {
      handlers.search(query);
      handlers.bringForward();
    });
  app.on('second-instance', (_event, argv) => search(readSecondStart(argv).search));
  // macOS delivers links by this event.
  app.on('open-url', (event, address) => {
    event.preventDefault();
    search(readDeepLink(address));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    enqueue((handlers) => handlers.openRecent(path));
  });
  app.on('activate', () => enqueue((handlers) => handlers.bringForward()));
  return {
    serve(handlers) {
      currentHandlers = handlers;
      for (const request of pending.splice(0)) request(handlers);
    },
  };
}
