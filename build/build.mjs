// npm run build: rebuilds the changed parts of dist/: the command line as plain JavaScript (Node runs no .ts in
// node_modules), the interface, and the Electron host.
import { ensureBuilt } from './bundles/ensure-built.mjs';
import { prepare } from './bootstrap/prepare.mjs';

await prepare(import.meta.url);
const { allParts } = await import('./bundles/parts.mjs');
const made = await ensureBuilt(allParts, { say: (line) => console.error(line) });
if (made.length === 0) console.error('dist/ is as new as its sources.');
