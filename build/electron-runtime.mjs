import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root as projectRoot } from './bootstrap/paths.mjs';
import { capture } from './bootstrap/processes.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** @type {Readonly<Record<string, string>>} */
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Electron's program where its runtime is on this machine: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, or
 * where its package puts what it downloads.
 * @param {{ environment?: Environment, root?: string, platform?: string }} [where]
 * @returns {string | undefined}
 */
export function electronProgram(where = {}) {
  const { environment = process.env, root = projectRoot, platform = process.platform } = where;
  const named = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const folder = path.join(root, 'node_modules', 'electron');
  const usual = programs[platform] ?? 'electron';
  const candidates =
    named === '' ? [path.join(folder, 'dist', writtenPath(folder) ?? usual)] : [path.join(named, usual)];
  return candidates.find((file) => existsSync(file));
}

/** @param {string} folder */
function writtenPath(folder) {
  try {
    return readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** A slow line gets through in it; a line that is blocked does not hold anyone up for long. */
const patienceMs = 180_000;

/**
 * Downloads the runtime as Electron's own package does it, quietly. Whether it worked shows in `electronProgram`.
 * @param {{ root?: string, timeLimitMs?: number }} [how]
 */
export async function fetchElectron({ root = projectRoot, timeLimitMs = patienceMs } = {}) {
  const script = path.join(root, 'node_modules', 'electron', 'install.js');
  let pid = 0;
  const timer = setTimeout(() => process.kill(pid), timeLimitMs);
  try {
    await capture(process.execPath, [script], { cwd: root, started: (child) => void (pid = child) });
  } finally {
    clearTimeout(timer);
  }
}
