import type { Page } from 'playwright-core';

export type HostName = 'browser' | 'rig' | 'electron';

/** An app that runs, and the page of its interface. */
export type OpenedApp = {
  readonly page: Page;
  /** What happened that no journey may cause; it grows. */
  readonly faults: string[];
  /** Ends it as a person does; answers with its exit code. */
  close(): Promise<number | null>;
  /** Kills the process. */
  kill(): Promise<void>;
};

export type OpenOptions = {
  /** The whole environment of the process. */
  readonly environment: NodeJS.ProcessEnv;
  readonly theme: 'light' | 'dark';
  /** Faults that the journey causes on purpose. */
  readonly expectedFaults?: RegExp | undefined;
};
