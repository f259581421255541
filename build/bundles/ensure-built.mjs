import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeLock, usualPatience } from '../bootstrap/install-lock.mjs';
import { root as projectRoot } from '../bootstrap/paths.mjs';

/** @typedef {import('./parts.mjs').Part} Part */

/**
 * Builds the bundles whose sources changed, by content, since their last build. Concurrent runs wait for one another;
 * the marker file is written last, so that an interrupted build doesn't count.
 * @param {readonly Part[]} parts
 * @param {{ root?: string, say?: (line: string) => void }} [how]
 * @returns {Promise<string[]>} the names of the built bundles
 */
export async function ensureBuilt(parts, { root = projectRoot, say = () => undefined } = {}) {
  if (parts.every((part) => isFresh(root, part))) return [];
  const lock = await takeLock(path.join(root, '.cache', 'build.lock'), {
    ...usualPatience,
    waiting: (file) => say(`Another run is building; waiting for it. (If there is none, delete ${file}.)`),
  });
  try {
    const stale = parts.filter((part) => !isFresh(root, part));
    for (const part of stale) {
      say(`Building ${part.name} …`);
      const mark = markFor(root, part);
      await part.make();
      writeMark(root, part, mark);
    }
    return stale.map((part) => part.name);
  } finally {
    lock.release();
  }
}

/**
 * @param {string} root
 * @param {Part} part
 */
function isFresh(root, part) {
  return existsSync(path.join(root, part.file)) && readText(markFile(root, part)) === markFor(root, part);
}

/**
 * @param {string} root
 * @param {Part} part
 */
function markFile(root, part) {
  return path.join(root, '.cache', 'built', part.name);
}

/**
 * @param {string} root
 * @param {Part} part
 */
function markFor(root, part) {
  const hash = createHash('sha256');
  for (const file of part.sources.flatMap((source) => filesBelow(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} source a file or folder, relative to the root
 * @returns {string[]}
 */
function filesBelow(root, source) {
  const stats = statSync(path.join(root, source), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isFile()) return [source];
  return readdirSync(path.join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/**
 * @param {string} root
 * @param {Part} part
 * @param {string} mark
 */
function writeMark(root, part, mark) {
  const file = markFile(root, part);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, mark);
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
