// npm test [-- FILE…]: every check and every test, or the tests of some files only. Ends with one line that adds up all.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';
import { capture, runThrough } from './bootstrap/processes.mjs';
import { toolScript } from './bootstrap/tools.mjs';
import { allChecks, describeCheck, runChecks } from './checks/checks.mjs';
import { ensureMachinePackages } from './testing/machine-packages.mjs';
import { addUp, isGood, summaryLine, tallyVitest } from './testing/tally.mjs';

await prepare(import.meta.url, giveUp);
if (!process.stdout.isTTY) process.env['NO_COLOR'] ??= '1';
const files = process.argv.slice(2);
const problem = await ensureMachinePackages({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  paths: process.env['PATH'] ?? '',
  run: capture,
  say: console.log,
});
if (problem !== undefined) giveUp(problem);

const tallies = files.length === 0 ? [await checkAll(), await runTests([])] : [await runTests(files)];
const tally = addUp(tallies);
for (const complaint of tally.complaints) console.log(complaint);
console.log(summaryLine(tally));
process.exitCode = isGood(tally) ? 0 : 1;

/** Each check counts as one test. */
async function checkAll() {
  const results = await runChecks(allChecks(), (result) => console.log(describeCheck(result)));
  const passed = results.filter((result) => result.passed).length;
  const failures = results.filter((result) => !result.passed).map((result) => `The check failed: ${result.name}`);
  return { passed, failed: results.length - passed, skipped: 0, complaints: failures };
}

/** @param {readonly string[]} filters */
async function runTests(filters) {
  const folder = mkdtempSync(path.join(tmpdir(), 'contact-sheet-tests-'));
  const reportFile = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const args = [toolScript('vitest'), 'run', '--config', 'build/vitest.config.ts', ...reporters, ...filters];
  try {
    const { code } = await runThrough(process.execPath, args, { cwd: root });
    return tallyVitest(readReport(reportFile), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What could not be prepared is a failure that ends with the same line as all others.
 * @param {string} reason
 * @returns {never}
 */
function giveUp(reason) {
  console.log(reason);
  console.log(summaryLine({ passed: 0, failed: 1, skipped: 0, complaints: [] }));
  process.exit(1);
}
