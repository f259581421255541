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
 * Takes the lock file, waiting for its current holder. A holder touches the file as a heartbeat; a lock is stale if all
 * its holder's processes have ended, or if its heartbeat stops during the wait and its processes aren't visible.
 * @param {string} file
 * @param {Patience} patience
 * @returns {Promise<Lock>}
 */
export async function takeLock(file, patience) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = { token: randomUUID(), pids: [process.pid], host: hostname() };
  const isSilent = createSilenceCheck(patience.silentMs);
  let wasReported = false;
  while (!claim(file, mine)) {
    const found = readLock(file);
    if (found !== undefined && (isGone(found.holder) || isSilent(found))) removeStale(file, found.holder);
    else {
      if (!wasReported) patience.waiting(file);
      wasReported = true;
      await wait(patience.pollMs);
    }
  }
  return keepLock(file, mine, patience.beatMs);
}

/**
 * @param {string} file
 * @param {Holder} mine
 * @param {number} beatMs
 * @returns {Lock}
 */
function keepLock(file, mine, beatMs) {
  const isMine = () => readLock(file)?.holder.token === mine.token;
  const beat = setInterval(() => touch(file), beatMs).unref();
  const release = () => {
    clearInterval(beat);
    process.off('exit', release);
    if (isMine()) rmSync(file, { force: true });
  };
  process.once('exit', release);
  /** Adds a process that keeps the lock alive should this one be killed. */
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
 * Reads the lock's holder and the time of its last heartbeat; undefined if there is no lock. An unreadable file yields
 * a holder without processes.
 * @param {string} file
 * @returns {{ holder: Holder, beat: number } | undefined}
 */
function readLock(file) {
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
  return isVisible(holder) && holder.pids.every((pid) => !isRunning(pid));
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return !isDefunct(pid);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/**
 * Returns whether a process is a zombie, as in a container whose first process reaps none.
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
 * Creates a check for a holder without a heartbeat for `silentMs`, by this process's own clock. Holders with visible
 * processes get 30 times as long: their process ids would have to be reused by now.
 * @param {number} silentMs
 */
function createSilenceCheck(silentMs) {
  let seen = '';
  let since = 0;
  return (/** @type {{ holder: Holder, beat: number }} */ { holder, beat }) => {
    const now = performance.now();
    const heartbeat = `${holder.token} ${beat}`;
    if (heartbeat !== seen) [seen, since] = [heartbeat, now];
    return now - since > silentMs * (isVisible(holder) ? 30 : 1);
  };
}

/**
 * Removes a dead holder's lock and no other: only the process that creates a file named after its token may, after
 * reading the lock again.
 * @param {string} file
 * @param {Holder} dead
 */
function removeStale(file, dead) {
  const claimFile = `${file}.${dead.token}`;
  if (!claim(claimFile, dead)) return;
  if (readLock(file)?.holder.token === dead.token) rmSync(file, { force: true });
  rmSync(claimFile, { force: true });
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // another process removed the lock as stale
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
