// npm run -s cli -- COMMAND…: the command line from its source, in this very process where Node is new enough.
import { fileURLToPath } from 'node:url';
import { prepare } from './bootstrap/prepare.mjs';
import { ensureBuilt } from './bundles/ensure-built.mjs';

await prepare(import.meta.url);
// npm says in INIT_CWD where the person stands. What an outer npm script said to someone else does not count.
const script = process.env['npm_lifecycle_event'];
if (script !== undefined && script !== 'cli') delete process.env['INIT_CWD'];

if (process.argv[2] === 'serve') {
  const { interfacePart } = await import('./bundles/parts.mjs');
  await ensureBuilt([interfacePart], { say: (line) => console.error(line) });
}
const main = new URL('../main/hosts/cli/main.ts', import.meta.url);
process.argv[1] = fileURLToPath(main);
await import(main.href);
