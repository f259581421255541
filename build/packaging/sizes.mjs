import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Describes the size of a packed app and its largest parts, by file, folder or package.
 * @param {string} folder
 * @returns {string[]} lines to print
 */
export function describeSizes(folder) {
  /** @type {Map<string, number>} */
  const parts = new Map();
  let totalBytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = statSync(file).size;
    totalBytes += bytes;
    const part = partOf(path.relative(folder, file).split(path.sep).join('/'));
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const largest = [...parts].sort(([, one], [, other]) => other - one).slice(0, 8);
  return [
    `Installed size: ${megabytes(totalBytes)}`,
    ...largest.map(([part, bytes]) => `  ${megabytes(bytes).padStart(9)}  ${part}`),
  ];
}

/** @param {string} file */
function partOf(file) {
  return /^.*?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? file.split('/').slice(0, 2).join('/');
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
