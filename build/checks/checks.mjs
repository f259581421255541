import { availableParallelism } from 'node:os';
import path from 'node:path';
import { capture } from '../bootstrap/processes.mjs';
import { root } from '../bootstrap/paths.mjs';
import { toolScript } from '../bootstrap/tools.mjs';

/** @typedef {{ name: string, script: string, args: readonly string[] }} Check */
/** @typedef {{ name: string, passed: boolean, seconds: number, output: string }} CheckResult */

/**
 * Lists the static checks, slowest first.
 * @returns {readonly Check[]}
 */
export function allChecks() {
  return [
    { name: 'lint', script: toolScript('eslint'), args: ['--max-warnings', '0', '.'] },
    typeCheck('tests'),
    typeCheck('main'),
    typeCheck('pure'),
    typeCheck('preload'),
    typeCheck('build'),
    {
      name: 'svelte',
      script: toolScript('svelte-check'),
      args: ['--workspace', 'renderer', '--tsconfig', '../build/tsconfig.renderer.json', '--fail-on-warnings'],
    },
    {
      name: 'layers',
      script: toolScript('dependency-cruiser', 'depcruise'),
      args: ['--config', 'build/dependency-cruiser.mjs', 'main', 'preload', 'renderer', 'tests', 'build', 'bin'],
    },
    { name: 'unused', script: toolScript('knip'), args: ['--config', 'build/knip.json', '--no-progress'] },
    {
      name: 'format',
      script: toolScript('prettier'),
      args: ['--check', '--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier', '.'],
    },
    { name: 'messages', script: path.join(root, 'build', 'checks', 'messages.mjs'), args: [] },
    { name: 'house', script: path.join(root, 'build', 'checks', 'house.mjs'), args: [] },
  ];
}

/**
 * @param {string} config
 * @returns {Check}
 */
function typeCheck(config) {
  const cache = ['--incremental', '--tsBuildInfoFile', `.cache/${config}.tsbuildinfo`];
  const args = ['--project', `build/tsconfig.${config}.json`, '--pretty', 'false', ...cache];
  return { name: `types-${config}`, script: toolScript('typescript', 'tsc'), args };
}

/**
 * Runs checks, as many at once as there are cores (four at most), and reports each as it ends.
 * @param {readonly Check[]} checks
 * @param {(result: CheckResult) => void} ended
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks(checks, ended) {
  const queue = [...checks];
  /** @type {CheckResult[]} */
  const results = [];
  const work = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const result = await runCheck(check);
      results.push(result);
      ended(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return results;
}

/**
 * @param {Check} check
 * @returns {Promise<CheckResult>}
 */
async function runCheck({ name, script, args }) {
  const start = performance.now();
  const { code, output } = await capture(process.execPath, [script, ...args], { cwd: root });
  return { name, passed: code === 0, seconds: (performance.now() - start) / 1000, output: output.trimEnd() };
}

/** @param {CheckResult} result */
export function describeCheck({ name, passed, seconds, output }) {
  const line = `${passed ? '✓' : '✗'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s`;
  return passed || output === '' ? line : `${line}\n${output.replaceAll(/^/gmu, '    ')}`;
}
