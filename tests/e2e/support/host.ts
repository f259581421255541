import type { Page } from 'playwright-core';

export type HostName = 'browser' | 'rig' | 'electron';

/** A running app and its interface's page. */
export type OpenedApp = {
  readonly page: Page;
  /** Faults that no test may cause, a growing list. */
  readonly faults: string[];
  /** Closes it as a user does; returns its exit code. */
  close(): Promise<number | null>;
  /** Kills the process. */
  kill(): Promise<void>;
};

export type OpenOptions = {
  /** The whole environment of the process. */
  readonly environment: NodeJS.ProcessEnv;
  readonly theme: 'light' | 'dark';
  /** Faults that the test causes on purpose. */
  readonly expectedFaults?: RegExp | undefined;
};
