import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * Returns the script of an installed package's command, to be run with this Node rather than an older one.
 * @param {string} packageName
 * @param {string} [command]
 */
export function toolScript(packageName, command = packageName) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[command];
  return path.join(folder, script);
}
