import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { childEnvironment, type Environment } from './child-environment.ts';

type Program = readonly [string, ...string[]];

/** Starts a process whose input and output are pipes. */
export function startPiped(program: Program, environment: Environment): ChildProcessByStdio<Writable, Readable, null> {
  const [command, ...programArguments] = program;
  return spawn(command, programArguments, {
    env: childEnvironment(environment),
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Starts a process that goes on by itself; `failed` where it can't be started. */
export function startApart(program: Program, environment: Environment, failed: () => void): void {
  const [command, ...programArguments] = program;
  const child = spawn(command, programArguments, {
    env: childEnvironment(environment),
    windowsHide: true,
    detached: true,
    stdio: 'ignore',
  });
  child.on('error', failed);
  child.unref();
}
