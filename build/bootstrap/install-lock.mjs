import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {{ token: string, pids: number[], host: string }} Holder */
/** @typedef {{ pollMs: number, beatMs: number, silentMs: number, waiting: (file: string) => void }} Patience */
/** @typedef {{ release: () => void, alsoHeldBy: (pid: number) => void }} Lock */

/** @type {Omit<Patience, 'waiting'>} */
export const usualPatience = { pollMs: 250, beatMs: 2000, silentMs: 20_000 };

/**
 * Takes the lock file, waiting for whoever holds it. A holder shows that it lives by touching the file; one is put
 * aside when all its processes are gone, or when it was silent while it was watched and its processes cannot be seen.
 * @param {string} file
 * @param {Patience} patience
 * @returns {Promise<Lock>}
 */
export async function takeLock(file, patience) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = { token: randomUUID(), pids: [process.pid], host: hostname() };
  const isSilent = watcher(patience.silentMs);
  let told = false;
  while (!claim(file, mine)) {
    const found = look(file);
    if (found !== undefined && (isGone(found.holder) || isSilent(found))) putAside(file, found.holder);
    else {
      if (!told) patience.waiting(file);
      told = true;
      await wait(patience.pollMs);
    }
  }
  return hold(file, mine, patience.beatMs);
}

/**
 * @param {string} file
 * @param {Holder} mine
 * @param {number} beatMs
 * @returns {Lock}
 */
function hold(file, mine, beatMs) {
  const isMine = () => look(file)?.holder.token === mine.token;
  const beat = setInterval(() => touch(file), beatMs).unref();
  const release = () => {
    clearInterval(beat);
    process.off('exit', release);
    if (isMine()) rmSync(file, { force: true });
  };
  process.once('exit', release);
  /** Should this process be killed, the other one still holds the lock. */
  const alsoHeldBy = (/** @type {number} */ pid) => {
    mine.pids.push(pid);
    if (isMine()) writeFileSync(file, JSON.stringify(mine));
  };
  return { release, alsoHeldBy };
}

/**
 * @param {string} file
 * @param {Holder} mine
 */
function claim(file, mine) {
  try {
    writeFileSync(file, JSON.stringify(mine), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Who holds the lock, with the time of the last sign of life; undefined once it is gone. What cannot be read yet is
 * held by a nameless one.
 * @param {string} file
 * @returns {{ holder: Holder, beat: number } | undefined}
 */
function look(file) {
  try {
    const beat = statSync(file).mtimeMs;
    return { holder: parseHolder(readFileSync(file, 'utf8')), beat };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * @param {string} text
 * @returns {Holder}
 */
function parseHolder(text) {
  try {
    const { token, pids, host } = JSON.parse(text);
    return { token: String(token), pids: [...pids].map(Number), host: String(host) };
  } catch {
    return { token: 'unreadable', pids: [], host: '' };
  }
}

/** @param {Holder} holder */
function isVisible({ host, pids }) {
  return host === hostname() && pids.length > 0 && pids.every((pid) => pid > 0);
}

/** @param {Holder} holder */
function isGone(holder) {
  return isVisible(holder) && holder.pids.every((pid) => !lives(pid));
}

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return !isDefunct(pid);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/**
 * Whether a process has ended and only its number is left, as in a container whose first process collects none.
 * @param {number} pid
 */
function isDefunct(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/**
 * Says whether the same holder gave no sign of life for so long as it was watched, by this process's own clock. Where
 * its processes can be seen, what they say counts more: their numbers would have to be others' by now.
 * @param {number} silentMs
 */
function watcher(silentMs) {
  let seen = '';
  let since = 0;
  return (/** @type {{ holder: Holder, beat: number }} */ { holder, beat }) => {
    const now = performance.now();
    const sign = `${holder.token} ${beat}`;
    if (sign !== seen) [seen, since] = [sign, now];
    return now - since > silentMs * (isVisible(holder) ? 30 : 1);
  };
}

/**
 * Removes a dead holder's lock and no other: of all who find it dead only one may, by creating a file that bears its
 * token, and that one looks again first.
 * @param {string} file
 * @param {Holder} dead
 */
function putAside(file, dead) {
  const right = `${file}.${dead.token}`;
  if (!claim(right, dead)) return;
  if (look(file)?.holder.token === dead.token) rmSync(file, { force: true });
  rmSync(right, { force: true });
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // put aside by another: nothing to keep alive
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
