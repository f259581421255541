import type { App } from 'electron';
import type { StartArguments } from './start-arguments.ts';
import { readDeepLink } from '../shell-integration/deep-link.ts';

export type Reception = {
  readonly search: (query: string | undefined) => void;
  readonly bringForward: () => void;
  /** A folder of the system's list of recent ones. */
  readonly openRecent: (path: string) => void;
};

export type LaunchRequests = {
  /** Takes whoever has come, and whoever comes from now on. */
  serve(reception: Reception): void;
};

/** Second starts and links, which may come while the core is still being opened: they wait. */
export function receiveLaunchRequests(
  app: Pick<App, 'on'>,
  readSecondStart: (argv: readonly string[]) => StartArguments,
): LaunchRequests {
  const waiting: ((reception: Reception) => void)[] = [];
  let serving: Reception | undefined;
  const arrive = (enter: (reception: Reception) => void) => {
    if (serving === undefined) waiting.push(enter);
    else enter(serving);
  };
  const search = (query: string | undefined) =>
    arrive((reception) => {
      reception.search(query);
      reception.bringForward();
    });
  app.on('second-instance', (_event, argv) => search(readSecondStart(argv).search));
  // How a Mac brings links.
  app.on('open-url', (event, address) => {
    event.preventDefault();
    search(readDeepLink(address));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    arrive((reception) => reception.openRecent(path));
  });
  app.on('activate', () => arrive((reception) => reception.bringForward()));
  return {
    serve(reception) {
      serving = reception;
      for (const enter of waiting.splice(0)) enter(reception);
    },
  };
}
