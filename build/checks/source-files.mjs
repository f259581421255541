import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const leftOut = new Set(['.git', 'node_modules', 'dist', '.cache', 'coverage']);
const pictures = /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|woff2?|wasm|sqlite|db|zip|gz)$/iu;

/**
 * Every text file of the project, with its path relative to the root in slashes, in order.
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
    .filter((entry) => !leftOut.has(entry.name) && !entry.name.endsWith('.log'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return walk(root, inside);
      return entry.isFile() && !pictures.test(entry.name) ? [inside] : [];
    });
}
