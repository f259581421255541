import { mkdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { chromiumFlags } from '../../chromium.ts';
import type { RigSettings } from '../messages.ts';

export type Chromium = { readonly context: BrowserContext; readonly endpoint: string; readonly pid: number };

/**
 * Launches the real Chromium whose pages are the windows, on the app's own profile folder. Its pipe ends it with this
 * process, however that ends; its port lets the test control the same pages.
 */
export async function launchChromium(profile: string, { chromium: program, theme }: RigSettings): Promise<Chromium> {
  mkdirSync(profile, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    viewport: null,
    colorScheme: theme,
    serviceWorkers: 'block',
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...chromiumFlags, '--remote-debugging-port=0', '--window-size=1280,800'],
  });
  const [port = '', path = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  // Chromium marks its profile with the host name and its process id.
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  return { context, endpoint: `ws://127.0.0.1:${port}${path}`, pid };
}
