import { cpus } from 'node:os';
import { runCommandLine } from './run.ts';

// Hashing and picture work wait in libuv's pool, which is sized once, before its first use.
process.env['UV_THREADPOOL_SIZE'] ??= String(cpus().length + 4);

process.exitCode = await runCommandLine(process);
// Whatever still holds the process open by now (a socket that lingers) must not keep the shell waiting.
setTimeout(() => process.exit(), 1000).unref();
