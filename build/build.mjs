// npm run build: everything that ships, in dist/, of what changed: the command line as plain JavaScript (Node takes no
// .ts in node_modules), the interface, and Electron's side.
import { ensureBuilt } from './bundles/ensure-built.mjs';
import { prepare } from './bootstrap/prepare.mjs';

await prepare(import.meta.url);
const { allParts } = await import('./bundles/parts.mjs');
const made = await ensureBuilt(allParts, { say: (line) => console.error(line) });
if (made.length === 0) console.error('dist/ is as new as its sources.');
