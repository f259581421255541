import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Returns whether a process is running; a zombie is not. */
export function lives(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    // A system without /proc.
    return true;
  }
}

export async function untilGone(pid: number): Promise<void> {
  while (lives(pid)) await wait(20);
}
