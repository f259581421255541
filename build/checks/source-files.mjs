import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const skippedNames = new Set(['.git', 'node_modules', 'dist', '.cache', 'coverage']);
const binaryFile = /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|woff2?|wasm|sqlite|db|zip|gz)$/iu;

/**
 * Reads every text file of the project, sorted, with slashes in paths relative to the root.
 * @param {string} root
 * @returns {import('./house-rules.mjs').SourceFile[]}
 */
export function sourceFiles(root) {
  return walk(root, '').map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !skippedNames.has(entry.name) && !entry.name.endsWith('.log'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const relativePath = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return walk(root, relativePath);
      return entry.isFile() && !binaryFile.test(entry.name) ? [relativePath] : [];
    });
}
