import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { root } from '../../../build/bootstrap/paths.mjs';
import { chromiumFlags, chromiumProgram } from '../../support/chromium.ts';
import { createFaults, watchContext } from './faults.ts';
import type { OpenedApp, OpenOptions } from './host.ts';

export type BrowserHostOptions = OpenOptions & {
  /** The program to run; this checkout's source by default. */
  readonly program?: string;
};

/** Starts `contact-sheet serve` of this checkout in a child process, and opens its sign-in link in a real browser. */
export async function openBrowserHost({ environment, theme, expectedFaults, program }: BrowserHostOptions) {
  const startedAt = performance.now();
  const served = await serve(environment, program);
  const listeningMs = performance.now() - startedAt;
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: chromiumFlags });
  const faults = createFaults(expectedFaults === undefined ? {} : { expected: expectedFaults });
  const end = async (signal: NodeJS.Signals) => {
    // A page that loses its host logs console errors, so the browser is closed first.
    await browser.close();
    return served.end(signal);
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: theme });
    await watchContext(context, faults);
    const page = await context.newPage();
    await page.goto(served.url);
    const kill = async () => void (await end('SIGKILL'));
    const app: OpenedApp = { page, faults: faults.seen, close: () => end('SIGTERM'), kill };
    return { ...app, browser, listeningMs, endHost: served.end };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

const source = join(root, 'main', 'hosts', 'cli', 'main.ts');

async function serve(environment: NodeJS.ProcessEnv, program = source) {
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, 'line'), ended.then(() => [''])])) as [string];
  if (line === '') throw new Error(`serve ended before it listened.\n${output}`);
  const { url } = JSON.parse(line) as { url: string };
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { url, end };
}
