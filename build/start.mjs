// npm start [-- --browser] [-- --no-open]: the app, in a window where one can open, else in the browser.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { endLike, endWithParent, runThrough } from './bootstrap/processes.mjs';
import { ensureBuilt } from './bundles/ensure-built.mjs';
import { electronProgram, fetchElectron } from './electron-runtime.mjs';
import { browserOpener, chooseHost, failedToOpen } from './start/choose-host.mjs';
import { hasProgram } from './start/find-program.mjs';

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
  ...{ platform, environment, say, fetchElectron },
  isRoot: process.getuid?.() === 0,
  wantsBrowser: words.includes('--browser'),
  electron: electronProgram,
});
if ('window' in host) {
  await ensureBuilt([interfacePart, electronPart], { say });
  const ended = await runThrough(host.window, [path.join(root, 'dist', 'electron', 'main.js')]);
  if (!failedToOpen(ended)) endLike(ended);
  console.log('Electron could not open its window here, so the same interface is served to your browser.');
} else {
  console.log(host.browser);
}
endLike(await serve());

/** The browser host, from its source. Its first line with an address is opened, as each lets one browser in. */
async function serve() {
  await ensureBuilt([interfacePart], { say });
  const has = (/** @type {string} */ program) => hasProgram(environment['PATH'] ?? '', program);
  let opener = words.includes('--no-open') ? undefined : browserOpener({ platform, environment, has });
  let said = '';
  const heard = (/** @type {string} */ text) => {
    said += text;
    const [address] = /^http:\/\/127\.0\.0\.1:\d+\/\S*$/mu.exec(said) ?? [];
    if (address === undefined || opener === undefined) return;
    const { file, args } = opener;
    opener = undefined;
    spawn(file, [...args, address], { detached: true, stdio: 'ignore' })
      .on('error', () => say('No browser could be opened: open the address above in one.'))
      .unref();
  };
  return runThrough(process.execPath, [path.join(root, 'main', 'hosts', 'cli', 'main.ts'), 'serve'], { heard });
}
