import { once } from 'node:events';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { root } from '../../../build/bootstrap/paths.mjs';
import { electronProgram } from '../../../build/electron-runtime.mjs';
import { createFaults, watchContext } from './faults.ts';
import type { OpenedApp, OpenOptions } from './host.ts';

/** Opens the app in real Electron, if that is installed; on Linux it needs a display, such as Xvfb. */
export async function openElectronHost({ environment, theme, expectedFaults }: OpenOptions): Promise<OpenedApp> {
  const program = electronProgram();
  if (program === undefined) throw new Error('There is no Electron runtime on this machine.');
  const faults = createFaults(expectedFaults === undefined ? {} : { expected: expectedFaults });
  const env = Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]));
  const args = [join(root, 'dist', 'electron', 'main.js')];
  const app = await _electron.launch({ executablePath: program, args, env, colorScheme: theme });
  await watchContext(app.context(), faults);
  const page = await app.firstWindow();
  const child = app.process();
  return {
    page,
    faults: faults.seen,
    async close() {
      await app.close();
      return child.exitCode;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
