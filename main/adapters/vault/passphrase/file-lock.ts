import { randomInt, randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import type { Clock } from '../../../ports/clock.ts';
import { errorCode } from './file-failure.ts';

/** A holder touches its lock this often, … */
const touchEveryMs = 5_000;
/** … so one that was not touched for this long belongs to nobody, even if a process now has its holder's id. */
const staleAfterMs = 30_000;
/** A lock without a name in it was just made, or its maker was killed before it wrote. */
const namelessAfterMs = 5_000;

export type LockWait = { readonly timeoutMs: number; readonly clock: Clock };

type Owner = { readonly pid: number; readonly host: string; readonly token: string };

export type FileLock = {
  /** False once another process took it, which held this one for dead. */
  stillHeld(): Promise<boolean>;
  release(): Promise<void>;
};

function parseOwner(text: string): Owner | undefined {
  const [pid, host, token] = text.split('\n');
  return pid && host && token ? { pid: Number(pid), host, token } : undefined;
}

async function readOwner(path: string): Promise<Owner | 'nameless' | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (parseOwner(text) ?? 'nameless');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

async function ageMs(path: string, clock: Clock): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && clock.now() - found.mtimeMs;
}

async function isStale(path: string, clock: Clock): Promise<boolean> {
  const owner = await readOwner(path);
  const age = await ageMs(path, clock);
  if (owner === undefined || age === undefined) return false;
  if (owner === 'nameless') return age > namelessAfterMs;
  return age > staleAfterMs || (owner.host === hostname() && !isRunning(owner.pid));
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose holder is gone. Only one process at a time may, or a second would remove the first's new lock. */
async function removeStale(path: string, clock: Clock): Promise<void> {
  if (!(await isStale(path, clock))) return;
  const breaking = `${path}.breaking`;
  if (!(await create(breaking, ''))) {
    if (((await ageMs(breaking, clock)) ?? 0) > namelessAfterMs) await rm(breaking, { force: true });
    return;
  }
  try {
    if (await isStale(path, clock)) await rm(path, { force: true });
  } finally {
    await rm(breaking, { force: true });
  }
}

/** Takes the lock file at `path`, waiting up to its time limit; `undefined` when another process kept it all that time. */
export async function takeFileLock(path: string, wait: LockWait, signal?: AbortSignal): Promise<FileLock | undefined> {
  const owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() };
  const deadline = performance.now() + wait.timeoutMs;
  while (!(await create(path, `${owner.pid}\n${owner.host}\n${owner.token}\n`))) {
    if (performance.now() > deadline) return undefined;
    await removeStale(path, wait.clock);
    await wait.clock.sleep(randomInt(20, 80), signal);
  }
  const stillHeld = async (): Promise<boolean> => {
    const holder = await readOwner(path);
    return typeof holder === 'object' && holder.token === owner.token;
  };
  const touching = setInterval(() => {
    const now = new Date();
    void stillHeld()
      .then((held) => (held ? utimes(path, now, now) : undefined))
      .catch(() => undefined);
  }, touchEveryMs);
  touching.unref();
  return {
    stillHeld,
    async release() {
      clearInterval(touching);
      if (await stillHeld()) await rm(path, { force: true });
    },
  };
}
