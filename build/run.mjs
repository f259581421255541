// node build/run.mjs [NAME=value…] TOOL [ARGUMENT…]: runs an installed package's command under Node 24.
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { endLike, runThrough } from './bootstrap/processes.mjs';
import { toolScript } from './bootstrap/tools.mjs';

await prepare(import.meta.url);
const words = process.argv.slice(2);
const first = words.findIndex((word) => !/^[A-Z_]+=/u.test(word));
const [tool, ...args] = words.slice(first);
if (first === -1 || tool === undefined) {
  console.error('Usage: node build/run.mjs [NAME=value…] TOOL [ARGUMENT…]');
  process.exit(2);
}
const settings = words
  .slice(0, first)
  .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
const env = { ...process.env, ...Object.fromEntries(settings) };
endLike(await runThrough(process.execPath, [toolScript(tool), ...args], { cwd: root, env }));
