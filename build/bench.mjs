// npm run bench -- [NAME] [--rows N] [--json]: runs the benchmarks of tests/bench under Node 24.
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { endLike, runThrough } from './bootstrap/processes.mjs';

await prepare(import.meta.url);
const main = path.join(root, 'tests', 'bench', 'main.ts');
endLike(await runThrough(process.execPath, [main, ...process.argv.slice(2)], { cwd: root }));
