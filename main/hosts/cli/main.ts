import { cpus } from 'node:os';
import { runCommandLine } from './run.ts';

// Hashing and image work run in libuv's thread pool, which is sized once, before its first use.
process.env['UV_THREADPOOL_SIZE'] ??= String(cpus().length + 4);

process.exitCode = await runCommandLine(process);
// Whatever still keeps the process open (such as a lingering socket) must not keep the shell waiting.
setTimeout(() => process.exit(), 1000).unref();
