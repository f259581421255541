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
  /** The app's data folder; a new one by default. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly theme?: 'light' | 'dark';
  readonly expectedFaults?: RegExp;
};

export type RunningApp = OpenedApp & {
  readonly home: string;
  /** Returns and clears the faults so far. */
  takeFaults(): string[];
  /** Closes it, unless it was killed, and opens it again on the same home. */
  restart(): Promise<RunningApp>;
};

export type Host = {
  readonly name: HostName;
  /** Declares a test, skipped if this computer lacks the host; `timeoutMs` allows for a longer one. */
  test(name: string, run: () => Promise<void>, timeoutMs?: number): void;
  /** Opens the app for this test, which fails if a page had any fault. */
  open(options?: JourneyOptions): Promise<RunningApp>;
};

/** Defines tests once, for every host of the interface. */
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

/** Opens the app in a browser, for a test that needs only one host. */
export function openInBrowser(options?: JourneyOptions): Promise<RunningApp> {
  return openFor('browser', options);
}

async function openFor(name: HostName, options: JourneyOptions = {}): Promise<RunningApp> {
  const { home = temporaryFolder(), env = {}, theme = 'light', expectedFaults } = options;
  // The given variables may name a home too: this one takes precedence.
  const environment = { ...baseEnvironment(), ...env, HOME: home, CONTACT_SHEET_HOME: home };
  const app = await openers[name]({ environment, theme, expectedFaults });
  // Errors in a page while its host ends aren't faults.
  let faults: readonly string[] | undefined;
  const endWith = async <T>(end: () => Promise<T>): Promise<T> => {
    faults = [...app.faults];
    return end();
  };
  onTestFinished(async () => {
    if (faults === undefined) await endWith(app.kill);
    // Also ends an app that hung on closing.
    else await app.kill();
    expect(faults).toEqual([]);
  });
  return {
    ...app,
    home,
    takeFaults: () => app.faults.splice(0),
    close: () => endWith(app.close),
    kill: () => endWith(app.kill),
    async restart() {
      if (faults === undefined) await endWith(app.close);
      return openFor(name, { ...options, home });
    },
  };
}

/** Keeps a compile cache in the home of all tests, which halves the start time. */
function baseEnvironment(): NodeJS.ProcessEnv {
  const { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = process.env;
  const compiled = join(process.env['CONTACT_SHEET_HOME'] ?? tmpdir(), 'compiled');
  return { PATH, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, TZ: 'Europe/Berlin', NODE_COMPILE_CACHE: compiled };
}
