import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** @typedef {import('./wall-lines.mjs').Mutation} Mutation */

const copied = ['build', 'main', 'preload', 'renderer', 'tests', 'package.json', 'tsconfig.json', 'bin'];

/**
 * Undoes the line in a source text; throws unless the text contains it exactly once.
 * @param {string} text
 * @param {Mutation} mutation
 */
export function undoIn(text, { name, file, from, to }) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`“${name}”: ${file} has ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/**
 * Undoes each line on a copy of the sources and runs the tests that must then fail. Returns the names of the mutations
 * that broke no test; tests that could not be run don't count as broken.
 * @param {string} root
 * @param {readonly Mutation[]} mutations
 * @param {(line: string) => void} say
 */
export async function survivors(root, mutations, say) {
  const copy = path.join(root, '.cache', 'mutations', String(process.pid));
  mkdirSync(copy, { recursive: true });
  try {
    for (const name of copied) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const surviving = [];
    for (const mutation of mutations) {
      const file = path.join(copy, mutation.file);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, undoIn(text, mutation));
      const failed = await someTestFails(copy, mutation.tests);
      writeFileSync(file, text);
      say(`${failed ? 'noticed' : 'NOT NOTICED'}  ${mutation.name}`);
      if (!failed) surviving.push(mutation.name);
    }
    return surviving;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {readonly string[]} tests
 * @returns {Promise<boolean>}
 */
function someTestFails(folder, tests) {
  const vitest = path.join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', 'build/vitest.config.ts', '--no-color', ...tests];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // A file that can't be loaded also fails, but proves nothing.
    child.on('close', (code) => resolve(code !== 0 && /Tests {2}\d+ failed/u.test(output)));
  });
}
