import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeLock, usualPatience } from './install-lock.mjs';
import { explainNpm } from './npm.mjs';

/** @typedef {{ code: number, output: string, missing: boolean }} NpmOutcome */
/**
 * @typedef {object} Installation
 * @property {string} root
 * @property {string} node what must be there besides the packages
 * @property {(root: string, started: (pid: number) => void) => Promise<NpmOutcome>} install
 * @property {(line: string) => void} say
 * @property {Partial<import('./install-lock.mjs').Patience>} [patience]
 */

/**
 * Makes node_modules what package-lock.json says. Runs at the same time wait for one another; the mark that it is
 * whole is written last, so that an interrupted installation is never taken for a whole one.
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
    return await installAlone(installation, lock.alsoHeldBy);
  } finally {
    lock.release();
  }
}

/**
 * @param {Installation} installation
 * @param {(pid: number) => void} started
 */
async function installAlone(installation, started) {
  const { root, install, say } = installation;
  if (isWhole(installation)) return { installed: false };
  const mark = markFor(root);
  if (npmSaysWhole(root) && existsSync(installation.node)) {
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
 * Names the lock and the platform: packages with binaries serve one platform only.
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
 * Whether someone ran npm by hand: the list that npm writes as its last act agrees with the lock, and so does the disk.
 * Of the optional packages those for this platform must be there, as an older Node makes npm leave them out.
 * @param {string} root
 */
function npmSaysWhole(root) {
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
 * Whether it was made for this platform, which a package for every platform was not.
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
 * npm says what is wrong first, and then much else.
 * @param {string} text
 * @param {number} count
 */
function firstErrors(text, count) {
  const lines = text.trimEnd().split('\n');
  const errors = lines.filter((line) => line.startsWith('npm error') && !/^npm error\s+at /u.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, count).join('\n');
}
