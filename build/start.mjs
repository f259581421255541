// npm start [-- --browser] [-- --no-open]: opens the app, in a window if one can open, else in the browser.
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { endLike, endWithParent, runThrough } from './bootstrap/processes.mjs';
import { ensureBuilt } from './bundles/ensure-built.mjs';
import { electronProgram, fetchElectron } from './electron-runtime.mjs';
import { canOpenBrowser, chooseHost, failedToOpen } from './start/choose-host.mjs';

if (process.env['npm_lifecycle_event'] === 'start') endWithParent();
await prepare(import.meta.url);
const { electronPart, interfacePart } = await import('./bundles/parts.mjs');
const words = process.argv.slice(2);
const unknown = words.find((word) => word !== '--browser' && word !== '--no-open');
if (unknown !== undefined) {
  console.error(`npm start takes --browser and --no-open after a --, and not ${unknown}.`);
  process.exit(2);
}
const { platform, env: environment } = process;
const say = (/** @type {string} */ line) => console.error(line);

const host = await chooseHost({
  platform,
  environment,
  say,
  fetchElectron,
  isRoot: process.getuid?.() === 0,
  wantsBrowser: words.includes('--browser'),
  electron: electronProgram,
});
if ('window' in host) {
  await ensureBuilt([interfacePart, electronPart], { say });
  // Some terminals inside other Electron apps set this variable, which would keep the window from opening.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = environment;
  const ended = await runThrough(host.window, [path.join(root, 'dist', 'electron', 'main.js')], { env });
  if (!failedToOpen(ended)) endLike(ended);
  console.log('Electron could not open its window here, so the same interface is served to your browser.');
} else {
  console.log(host.browser);
}
endLike(await serve());

/** Runs the browser host from its source and opens a browser if possible. */
async function serve() {
  await ensureBuilt([interfacePart], { say });
  const opens = !words.includes('--no-open') && canOpenBrowser({ platform, environment });
  const commandLine = path.join(root, 'main', 'hosts', 'cli', 'main.ts');
  return runThrough(process.execPath, [commandLine, 'serve', ...(opens ? ['--open'] : [])]);
}
