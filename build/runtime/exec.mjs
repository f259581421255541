#!/usr/bin/env node
// `exec` for Windows, whose shell has none. Elsewhere the shell's own `exec` makes the program npm's direct child, so
// that signals to npm reach it and npm gets its exit code.
import { endLike, runThrough } from '../bootstrap/processes.mjs';

const [program = 'node', ...args] = process.argv.slice(2);
endLike(await runThrough(program === 'node' ? process.execPath : program, args));
