import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeLock, usualPatience } from './install-lock.mjs';
import { explainNpm } from './npm.mjs';

/** @typedef {{ code: number, output: string, missing: boolean }} NpmOutcome */
/**
 * @typedef {object} Installation
 * @property {string} root
 * @property {string} node a program that must exist besides the packages
 * @property {(root: string, started: (pid: number) => void) => Promise<NpmOutcome>} install
 * @property {(line: string) => void} say
 * @property {Partial<import('./install-lock.mjs').Patience>} [patience]
 */

/**
 * Installs node_modules from package-lock.json if it is incomplete or outdated. Concurrent runs wait for one another;
 * the marker file is written last, so that an interrupted installation never counts as complete.
 * @param {Installation} installation
 * @returns {Promise<{ installed: boolean } | { problem: string, details: string }>}
 */
export async function ensureInstalled(installation) {
  const { root, say } = installation;
  if (isWhole(installation)) return { installed: false };
  const lock = await takeLock(path.join(root, '.cache', 'install.lock'), {
    ...usualPatience,
    waiting: (file) => say(`Another run is installing; waiting for it. (If there is none, delete ${file}.)`),
    ...installation.patience,
  });
  try {
    return await installLocked(installation, lock.alsoHeldBy);
  } finally {
    lock.release();
  }
}

/**
 * @param {Installation} installation
 * @param {(pid: number) => void} started
 */
async function installLocked(installation, started) {
  const { root, install, say } = installation;
  if (isWhole(installation)) return { installed: false };
  const mark = markFor(root);
  if (isInstalledByNpm(root) && existsSync(installation.node)) {
    writeMark(root, mark);
    return { installed: false };
  }
  say('Installing what Contact Sheet needs (about a minute, only when something changed) …');
  rmSync(markFile(root), { force: true });
  const outcome = await install(root, started);
  if (outcome.code !== 0) return { problem: explainNpm(outcome), details: firstErrors(outcome.output, 12) };
  writeMark(root, mark);
  return { installed: true };
}

/** @param {Pick<Installation, 'root' | 'node'>} installation */
export function isWhole({ root, node }) {
  return readText(markFile(root)) === markFor(root) && existsSync(node);
}

/** @param {string} root */
function markFile(root) {
  return path.join(root, 'node_modules', '.contact-sheet-installed');
}

/**
 * Returns the marker's content, a hash of the lock file and the platform: packages with binaries serve one platform.
 * @param {string} root
 */
function markFor(root) {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}

/**
 * @param {string} root
 * @param {string} mark
 */
function writeMark(root, mark) {
  const file = markFile(root);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, mark);
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * Returns whether npm, run by hand, installed everything: the list that it writes last matches the lock file and the
 * disk. Optional packages for this platform must exist, as npm omits them on an older Node.
 * @param {string} root
 */
function isInstalledByNpm(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  const libc = runningLibc();
  return (
    Object.keys(present).every((name) => Object.hasOwn(wanted, name)) &&
    Object.entries(wanted)
      .filter(([name]) => name !== '')
      .every(([name, one]) =>
        present[name] === undefined
          ? one.optional === true && !isForHere(one, libc)
          : isSame(one, present[name]) && existsSync(path.join(root, name)),
      )
  );
}

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {Record<string, string>} [bin]
 * @property {boolean} [optional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 * @property {string | string[]} [libc]
 */

/**
 * @param {LockedPackage} wanted
 * @param {LockedPackage} present
 */
function isSame(wanted, present) {
  const identity = (/** @type {LockedPackage} */ one) => JSON.stringify([one.version, one.integrity, one.bin]);
  return identity(wanted) === identity(present);
}

/**
 * Returns whether a package is specific to this platform.
 * @param {LockedPackage} one
 * @param {string} libc
 */
function isForHere({ os, cpu, libc: libcs }, libc) {
  const names = (/** @type {string | string[] | undefined} */ list, /** @type {string} */ here) =>
    list === undefined || [list].flat().includes(here);
  return os !== undefined && names(os, process.platform) && names(cpu, process.arch) && names(libcs, libc);
}

function runningLibc() {
  if (process.platform !== 'linux') return 'none';
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Extracts the first error lines, as npm reports the cause first.
 * @param {string} text
 * @param {number} count
 */
function firstErrors(text, count) {
  const lines = text.trimEnd().split('\n');
  const errors = lines.filter((line) => line.startsWith('npm error') && !/^npm error\s+at /u.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, count).join('\n');
}
