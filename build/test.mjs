// npm test [-- FILE…]: runs every check and test, or the tests of some files. Ends with one line of totals.
import { prepare } from './bootstrap/prepare.mjs';
import { capture, endWithParent } from './bootstrap/processes.mjs';
import { allChecks, describeCheck, runChecks } from './checks/checks.mjs';
import { ensureMachinePackages } from './testing/machine-packages.mjs';
import { runVitest } from './testing/run-vitest.mjs';
import { addUp, isGood, summaryLine } from './testing/tally.mjs';

if (process.env['npm_lifecycle_event'] === 'test') endWithParent();
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

const tallies = files.length === 0 ? [await checkAll(), await runVitest([])] : [await runVitest(files)];
const tally = addUp(tallies);
for (const complaint of tally.complaints) console.log(complaint);
console.log(summaryLine(tally));
process.exitCode = isGood(tally) ? 0 : 1;

/** Runs all checks, each counted as one test. */
async function checkAll() {
  const results = await runChecks(allChecks(), (result) => console.log(describeCheck(result)));
  const passed = results.filter((result) => result.passed).length;
  const failures = results.filter((result) => !result.passed).map((result) => `The check failed: ${result.name}`);
  return { passed, failed: results.length - passed, skipped: 0, complaints: failures };
}

/**
 * Reports a failed preparation as a failure, with the same last line as all others.
 * @param {string} reason
 * @returns {never}
 */
function giveUp(reason) {
  console.log(reason);
  console.log(summaryLine({ passed: 0, failed: 1, skipped: 0, complaints: [] }));
  process.exit(1);
}
