import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** @typedef {{ name: string, program: string, reason: string }} MachinePackage */
/** @typedef {typeof import('../bootstrap/processes.mjs').capture} Run */

/**
 * The programs that tests need on Linux besides npm packages, by the names of their Debian packages.
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
 * Installs missing packages if permitted; else reports exactly what to install.
 * @param {{ platform: string, isRoot: boolean, paths: string, run: Run, say: (line: string) => void }} machine
 * @returns {Promise<string | undefined>} the problem
 */
export async function ensureMachinePackages({ platform, isRoot, paths, run, say }) {
  if (platform !== 'linux') return undefined;
  const missing = missingPackages(paths);
  if (missing.length === 0) return undefined;
  const names = missing.map((one) => one.name);
  if (!isInstalled(paths, 'apt-get'))
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
  // A Debian release that splits its packages differently may lack a name, and apt then installs none of them.
  if (outcome.code !== 0) for (const name of names) await apt(['install', '--yes', '--no-install-recommends', name]);
  if (missingPackages(paths).length === 0) return undefined;
  return `${command} did not work. Run it by hand.\n${update.output}${outcome.output}`.trimEnd();
}

/** @param {string} paths */
function missingPackages(paths) {
  return machinePackages.filter((one) => !isInstalled(paths, one.program));
}

/** @param {MachinePackage} one */
function describe({ name, program, reason }) {
  return name === program ? `${name} (${reason})` : `${name} (${program}: ${reason})`;
}

/**
 * Returns whether a program is installed; also searches the administrator's folders, which a user's PATH may lack.
 * @param {string} paths
 * @param {string} program
 */
function isInstalled(paths, program) {
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
