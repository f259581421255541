import { describeLack, lackingNeed } from './lawful-skips.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, complaints: readonly string[] }} Tally */
/** @typedef {{ fullName: string, status: string }} TestEntry */
/** @typedef {{ name: string, status: string, message?: string, assertionResults: TestEntry[] }} FileEntry */

/**
 * Sums up vitest's JSON report. Counts as failures: a skip without a valid reason, a file that could not be loaded, and
 * a failing exit code although every test passed. Complaints are problems that vitest's own report doesn't show.
 * @param {{ testResults: FileEntry[] } | undefined} report
 * @param {number} exitCode
 * @param {string} [platform]
 * @returns {Tally}
 */
export function tallyVitest(report, exitCode, platform = process.platform) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, complaints: ['vitest ended without a report.'] };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((entry) => entry.status === 'passed').length;
  const failedTests = tests.filter((entry) => entry.status === 'failed').length;
  const broken = report.testResults.filter(isBroken);
  const skipped = tests.filter((entry) => entry.status !== 'passed' && entry.status !== 'failed');
  const unjustified = skipped.filter((entry) => lackingNeed(entry.fullName, platform) === undefined);
  const complaints = [
    ...unjustified.map((entry) => `Skipped without a lawful reason: ${entry.fullName}`),
    ...broken.map((file) => `Could not be run: ${file.name}`),
  ];
  const failed = failedTests + broken.length;
  const failedOutsideTests = exitCode !== 0 && failed === 0;
  if (failedOutsideTests)
    complaints.push('vitest failed outside of any test (an unhandled error, or no test was found): see above.');
  return {
    passed,
    failed: failed + unjustified.length + (failedOutsideTests ? 1 : 0),
    skipped: skipped.length - unjustified.length,
    complaints,
  };
}

/**
 * Describes the validly skipped tests, one line per reason.
 * @param {{ testResults: FileEntry[] } | undefined} report
 * @param {string} [platform]
 */
export function notRun(report, platform = process.platform) {
  const entries = report?.testResults.flatMap((file) => file.assertionResults) ?? [];
  const skipped = entries.filter((entry) => entry.status !== 'passed' && entry.status !== 'failed');
  const needs = skipped.flatMap((entry) => lackingNeed(entry.fullName, platform) ?? []);
  return [...new Set(needs)].map((need) => {
    const count = needs.filter((one) => one === need).length;
    return `${count} ${count === 1 ? 'test was' : 'tests were'} not run: ${describeLack(need)}`;
  });
}

/** @param {FileEntry} file */
function isBroken(file) {
  return file.status === 'failed' && file.assertionResults.every((entry) => entry.status !== 'failed');
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function addUp(tallies) {
  const sum = (/** @type {(tally: Tally) => number} */ pick) =>
    tallies.reduce((total, tally) => total + pick(tally), 0);
  return {
    passed: sum((tally) => tally.passed),
    failed: sum((tally) => tally.failed),
    skipped: sum((tally) => tally.skipped),
    complaints: tallies.flatMap((tally) => tally.complaints),
  };
}

/** @param {Tally} tally */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Returns whether nothing failed and something passed.
 * @param {Tally} tally
 */
export function isGood({ passed, failed }) {
  return failed === 0 && passed > 0;
}
