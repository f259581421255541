import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Kills the process with SIGKILL after a delay, unless it has ended before; resolves once it has ended. */
export async function killAfter(child: ChildProcess, afterMs: number): Promise<void> {
  const ended = once(child, 'close');
  await Promise.race([pause(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
}
