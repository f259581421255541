import { isLawfulSkip } from './lawful-skips.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, complaints: readonly string[] }} Tally */
/** @typedef {{ fullName: string, status: string }} TestEntry */
/** @typedef {{ name: string, status: string, message?: string, assertionResults: TestEntry[] }} FileEntry */

/**
 * Adds up vitest's JSON report. A file that could not be loaded counts as one failure; so does a runner that ended
 * badly although every test passed. Complaints are what the reports of single tests do not show.
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
  const complaints = [
    ...skipped
      .filter((entry) => !isLawfulSkip(entry.fullName, platform))
      .map((entry) => `Skipped without a lawful reason: ${entry.fullName}`),
    ...broken.map((file) => `Could not be run: ${file.name}`),
  ];
  const failed = failedTests + broken.length;
  if (exitCode === 0 || failed > 0) return { passed, failed, skipped: skipped.length, complaints };
  const outside = 'vitest failed outside of any test (an unhandled error, or no test was found): see above.';
  return { passed, failed: 1, skipped: skipped.length, complaints: [...complaints, outside] };
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
 * Nothing failed, nothing was skipped that should have run, and something ran.
 * @param {Tally} tally
 */
export function isGood({ passed, failed, complaints }) {
  return failed === 0 && complaints.length === 0 && passed > 0;
}
