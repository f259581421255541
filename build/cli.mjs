// npm run -s cli -- COMMAND…: runs the command line from its source, in this process if Node is new enough.
import { fileURLToPath } from 'node:url';
import { prepare } from './bootstrap/prepare.mjs';
import { ensureBuilt } from './bundles/ensure-built.mjs';

await prepare(import.meta.url);
// npm passes the user's working folder in INIT_CWD. One set by an outer npm script for another command is ignored.
const script = process.env['npm_lifecycle_event'];
if (script !== undefined && script !== 'cli') delete process.env['INIT_CWD'];

if (process.argv[2] === 'serve') {
  const { interfacePart } = await import('./bundles/parts.mjs');
  await ensureBuilt([interfacePart], { say: (line) => console.error(line) });
}
const main = new URL('../main/hosts/cli/main.ts', import.meta.url);
process.argv[1] = fileURLToPath(main);
await import(main.href);
