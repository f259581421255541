import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { capture, runThrough } from '../bootstrap/processes.mjs';
import { toolScript } from '../bootstrap/tools.mjs';
import { tallyVitest } from './tally.mjs';

/** Where one is root of mounts alone: in it the tests of full and read-only disks need no root. */
const ownMounts = ['unshare', '--user', '--map-root-user', '--mount'];

/**
 * Runs the tests whose paths hold one of the filters, or all, and adds up their report.
 * @param {readonly string[]} filters
 */
export async function runVitest(filters) {
  const folder = mkdtempSync(path.join(tmpdir(), 'contact-sheet-tests-'));
  const reportFile = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = [toolScript('vitest'), 'run', '--config', 'build/vitest.config.ts', ...reporters, ...filters];
  const [program = process.execPath, ...args] = [...(await mountsPrefix()), process.execPath, ...vitest];
  try {
    const { code } = await runThrough(program, args, { cwd: root });
    return tallyVitest(readReport(reportFile), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an ordinary user's tests run behind, where the system lets them; nothing for root and for other systems. */
async function mountsPrefix() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return [];
  const [program = '', ...args] = [...ownMounts, 'true'];
  return (await capture(program, args)).code === 0 ? ownMounts : [];
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
