// node build/mutations.mjs: undoes each line of the security policy on a copy; fails if a change breaks no test.
import process from 'node:process';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { survivors } from './mutations/undo-lines.mjs';
import { wallLines } from './mutations/wall-lines.mjs';

await prepare(import.meta.url);
const surviving = await survivors(root, wallLines, (line) => console.log(line));
console.log(`${wallLines.length - surviving.length} of ${wallLines.length} undone lines of the wall were noticed`);
process.exitCode = surviving.length > 0 ? 1 : 0;
