import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ForkOptions, UtilityProcess } from 'electron';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { rig } from './rig.ts';

const parentPort = fileURLToPath(new URL('./parent-port.ts', import.meta.url));

/** Starts Node with a port to its parent instead of Electron's utility process; the app's program runs no scripts. */
function start(script: string, args: string[] = [], { env, stdio, serviceName }: ForkOptions = {}): object {
  if (!rig.isReady) throw new Error('utilityProcess.fork can only be called after the app is ready');
  if (stdio !== 'ignore' || serviceName === undefined) throw new Error('The rig’s helpers are silent and have a name.');
  const events = createEmitter('UtilityProcess', ['message', 'exit', 'spawn']);
  const child = fork(script, args, {
    execArgv: ['--import', parentPort],
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (message) => events.emit('message', message));
  child.once('exit', (code) => events.emit('exit', code ?? 1));
  child.once('spawn', () => events.emit('spawn'));
  return strict('UtilityProcess', {
    ...events.listening,
    get pid() {
      return child.exitCode === null && child.signalCode === null ? child.pid : undefined;
    },
    postMessage: (message: string) => void child.send(message),
    kill: () => child.kill('SIGTERM'),
  } satisfies Partial<Record<keyof UtilityProcess, unknown>>);
}

export const utilityProcess = strict('utilityProcess', { fork: start });
