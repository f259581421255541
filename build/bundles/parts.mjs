import { globSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { noticesFile } from '../packaging/identity.mjs';
import { bundleForNode, companions } from './node-bundle.mjs';

const main = path.join(root, 'main');
const dist = path.join(root, 'dist');

/**
 * @typedef {object} Part one bundle of dist/
 * @property {string} name
 * @property {readonly string[]} sources files and folders, relative to the root
 * @property {string} file a file that exists after a build
 * @property {() => Promise<void>} make
 */

const commonSources = ['package.json', 'package-lock.json', 'build/bundles'];

/** @type {Part} */
export const interfacePart = {
  name: 'interface',
  sources: [...commonSources, 'build/interface.config.mjs', 'renderer', 'main/contract', 'main/domain'],
  file: 'dist/interface/index.html',
  async make() {
    const { build } = await import('vite');
    const { interfaceConfig } = await import('../interface.config.mjs');
    await build(interfaceConfig);
  },
};

/** @type {Part} */
export const electronPart = {
  name: 'electron',
  sources: [...commonSources, 'main', 'preload', 'main/messages'],
  file: 'dist/electron/main.js',
  make: () => bundleElectron(path.join(main, 'hosts', 'electron', 'main.ts'), path.join(dist, 'electron')),
};

/** @type {Part} */
export const commandLinePart = {
  name: 'command-line',
  sources: [...commonSources, 'main'],
  file: 'dist/contact-sheet.js',
  async make() {
    const input = { 'contact-sheet': path.join(main, 'hosts', 'cli', 'main.ts'), ...companions(main) };
    // Chunk names contain a hash: those of earlier builds would pile up.
    for (const file of globSync('*.js', { cwd: dist })) rmSync(path.join(dist, file));
    await bundleForNode({ root, input, output: dist });
  },
};

/** @type {Part} */
export const noticesPart = {
  name: 'notices',
  sources: ['package.json', 'package-lock.json', 'build/packaging', 'main', 'renderer', 'preload'],
  file: noticesFile,
  async make() {
    const { writeNotices } = await import('../packaging/notices.mjs');
    writeNotices(path.join(root, noticesFile));
  },
};

export const allParts = [commandLinePart, interfacePart, electronPart, noticesPart];

/**
 * Bundles the Electron host: the main program with its workers and helpers, and the preload script, which must be one
 * CommonJS file in a sandbox.
 * @param {string} program the main program's source
 * @param {string} output
 */
export async function bundleElectron(program, output) {
  rmSync(output, { recursive: true, force: true });
  await bundleForNode({ root, input: { main: program, ...companions(main) }, output });
  const preload = path.join(root, 'preload', 'preload.ts');
  await bundleForNode({ root, input: { preload }, output, format: 'cjs' });
  // The npm package is for computers without Electron.
  writeFileSync(path.join(output, '.npmignore'), '*\n');
}
