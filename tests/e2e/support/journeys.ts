import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isMet } from '../../../build/testing/lawful-skips.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openBrowserHost } from './browser-host.ts';
import { openElectronHost } from './electron-host.ts';
import type { HostName, OpenedApp, OpenOptions } from './host.ts';
import { openRigHost } from './rig-host.ts';

type Opener = (options: OpenOptions) => Promise<OpenedApp>;
const openers: Readonly<Record<HostName, Opener>> = {
  browser: openBrowserHost,
  rig: openRigHost,
  electron: openElectronHost,
};

export type JourneyOptions = {
  /** Everything that the app keeps; a new one unless given. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly theme?: 'light' | 'dark';
  readonly expectedFaults?: RegExp;
};

export type RunningApp = OpenedApp & {
  readonly home: string;
  /** The faults so far, which then count no more. */
  takeFaults(): string[];
  /** Closes it and opens it again on the same home; after a kill it opens it. */
  restart(): Promise<RunningApp>;
};

export type Host = {
  readonly name: HostName;
  /** A journey, skipped where this machine lacks the host; in `timeoutMs` where it may take longer than others. */
  test(name: string, run: () => Promise<void>, timeoutMs?: number): void;
  /** Opens the app for this test, which fails if a page had any fault by its end. */
  open(options?: JourneyOptions): Promise<RunningApp>;
};

/** Writes a journey once, for every host of the interface. */
export function forEachHost(define: (host: Host) => void): void {
  for (const name of ['browser', 'rig', 'electron'] as const) {
    const isHere = name !== 'electron' || isMet('electron');
    describe(isHere ? name : `${name} (not run: no Electron runtime on this machine)`, () => {
      define({
        name,
        test: (title, run, timeoutMs) =>
          name === 'electron' ? testNeeding('electron', title, run, timeoutMs) : test(title, run, timeoutMs),
        open: (options) => openFor(name, options),
      });
    });
  }
}

/** Opens the app in a browser for this test, for a journey that needs one host only. */
export function openInBrowser(options?: JourneyOptions): Promise<RunningApp> {
  return openFor('browser', options);
}

async function openFor(name: HostName, options: JourneyOptions = {}): Promise<RunningApp> {
  const { home = temporaryFolder(), env = {}, theme = 'light', expectedFaults } = options;
  // A session's own variables may name a home too: this one counts.
  const environment = { ...surroundings(), ...env, HOME: home, CONTACT_SHEET_HOME: home };
  const app = await openers[name]({ environment, theme, expectedFaults });
  // What a page misses while its host goes away is no fault.
  let faults: readonly string[] | undefined;
  const over = async <T>(end: () => Promise<T>): Promise<T> => {
    faults = [...app.faults];
    return end();
  };
  onTestFinished(async () => {
    if (faults === undefined) await over(app.kill);
    // Also one that hung while it was to close.
    else await app.kill();
    expect(faults).toEqual([]);
  });
  return {
    ...app,
    home,
    takeFaults: () => app.faults.splice(0),
    close: () => over(app.close),
    kill: () => over(app.kill),
    async restart() {
      if (faults === undefined) await over(app.close);
      return openFor(name, { ...options, home });
    },
  };
}

/** The home of all tests keeps compiled code: starting from it takes half the time. */
function surroundings(): NodeJS.ProcessEnv {
  const { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = process.env;
  const compiled = join(process.env['CONTACT_SHEET_HOME'] ?? tmpdir(), 'compiled');
  return { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, TZ: 'Europe/Berlin', NODE_COMPILE_CACHE: compiled };
}
