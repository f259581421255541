import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root as projectRoot } from './bootstrap/paths.mjs';
import { capture } from './bootstrap/processes.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** @type {Readonly<Record<string, string>>} */
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Finds Electron's program in the folder of ELECTRON_OVERRIDE_DIST_PATH, or in the download folder of its package.
 * @param {{ environment?: Environment, root?: string, platform?: string }} [options]
 * @returns {string | undefined}
 */
export function electronProgram(options = {}) {
  const { environment = process.env, root = projectRoot, platform = process.platform } = options;
  const named = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const folder = path.join(root, 'node_modules', 'electron');
  const defaultProgram = programs[platform] ?? 'electron';
  const candidates =
    named === ''
      ? [path.join(folder, 'dist', writtenPath(folder) ?? defaultProgram)]
      : [path.join(named, defaultProgram)];
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

/** Enough for a slow connection; a blocked one doesn't cause a long wait. */
const downloadLimitMs = 180_000;

/**
 * Downloads the runtime with Electron's own install script, quietly; `electronProgram` shows if that worked.
 * @param {{ root?: string, timeLimitMs?: number }} [how]
 */
export async function fetchElectron({ root = projectRoot, timeLimitMs = downloadLimitMs } = {}) {
  const script = path.join(root, 'node_modules', 'electron', 'install.js');
  let pid = 0;
  const timer = setTimeout(() => process.kill(pid), timeLimitMs);
  try {
    await capture(process.execPath, [script], { cwd: root, started: (child) => void (pid = child) });
  } finally {
    clearTimeout(timer);
  }
}
