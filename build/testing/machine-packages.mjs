import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** @typedef {{ name: string, program: string, reason: string }} MachinePackage */
/** @typedef {typeof import('../bootstrap/processes.mjs').capture} Run */

/**
 * What tests need of a Linux machine besides npm's packages, by Debian's names.
 * @type {readonly MachinePackage[]}
 */
export const machinePackages = [
  { name: 'dbus', program: 'dbus-run-session', reason: 'a private session bus for the keychain tests' },
  { name: 'dbus-bin', program: 'dbus-send', reason: 'asking that bus whether the keychain is up' },
  { name: 'gnome-keyring', program: 'gnome-keyring-daemon', reason: 'a real keychain, unlocked and locked' },
  { name: 'util-linux', program: 'unshare', reason: 'small disks without root' },
  { name: 'chromium', program: 'chromium', reason: 'the interface in a real browser' },
  { name: 'appstream', program: 'appstreamcli', reason: 'judging what software centres are told' },
  { name: 'mount', program: 'mount', reason: 'small disks that get full or can only be read' },
];

/**
 * Installs the missing ones where it may; else says exactly what to install.
 * @param {{ platform: string, isRoot: boolean, paths: string, run: Run, say: (line: string) => void }} machine
 * @returns {Promise<string | undefined>} the problem
 */
export async function ensureMachinePackages({ platform, isRoot, paths, run, say }) {
  if (platform !== 'linux') return undefined;
  const missing = missingPackages(paths);
  if (missing.length === 0) return undefined;
  const names = missing.map((one) => one.name);
  if (!has(paths, 'apt-get'))
    return `The tests need these programs: ${missing.map(describe).join('; ')}. Install them.`;
  const install = ['install', '--yes', '--no-install-recommends', ...names];
  const command = `apt-get ${install.join(' ')}`;
  if (!isRoot) return `The tests need ${missing.map(describe).join('; ')}. Run: sudo ${command}`;

  say(`Installing what the tests need: ${names.join(', ')} …`);
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-qq'];
  const env = { ...process.env, PATH: paths, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {readonly string[]} */ args) => run('apt-get', [...options, ...args], { env });
  const update = await apt(['update']);
  const outcome = await apt(install);
  // A release of Debian that cuts its packages otherwise knows a name less, and apt then installs none of them.
  if (outcome.code !== 0) for (const name of names) await apt(['install', '--yes', '--no-install-recommends', name]);
  if (missingPackages(paths).length === 0) return undefined;
  return `${command} did not work. Run it by hand.\n${update.output}${outcome.output}`.trimEnd();
}

/** @param {string} paths */
function missingPackages(paths) {
  return machinePackages.filter((one) => !has(paths, one.program));
}

/** @param {MachinePackage} one */
function describe({ name, program, reason }) {
  return name === program ? `${name} (${reason})` : `${name} (${program}: ${reason})`;
}

/**
 * Whether a program can be found; the administrator's folders count too, as a plain user's PATH leaves them out.
 * @param {string} paths
 * @param {string} program
 */
function has(paths, program) {
  const folders = [...paths.split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && isExecutable(path.join(folder, program)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
