#!/usr/bin/env node
// `exec` for Windows, whose shell has none. Elsewhere the shell's own makes the program npm's direct child, so that a
// signal to npm reaches it and its exit code comes back.
import { endLike, runThrough } from '../bootstrap/processes.mjs';

const [program = 'node', ...args] = process.argv.slice(2);
endLike(await runThrough(program === 'node' ? process.execPath : program, args));
