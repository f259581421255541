import { describe, expect, test } from 'vitest';
import { addUp, isGood, notRun, summaryLine, tallyVitest } from '../../../build/testing/tally.mjs';

const file = (status: string, tests: Record<string, string>) => ({
  name: 'some.test.ts',
  status,
  assertionResults: Object.entries(tests).map(([fullName, state]) => ({ fullName, status: state })),
});

describe('the tally', () => {
  test('adds up over the runners, each check as one test', () => {
    const checks = { passed: 8, failed: 1, skipped: 0, complaints: [] };
    const tests = tallyVitest({ testResults: [file('passed', { a: 'passed', b: 'passed' })] }, 0);
    expect(summaryLine(addUp([checks, tests]))).toBe('10 passed, 1 failed, 0 skipped');
  });

  test('a skip that names what another system has is lawful, any other is not', () => {
    const report = { testResults: [file('passed', { 'a [needs windows]': 'skipped', b: 'passed' })] };
    expect(isGood(tallyVitest(report, 0, 'linux'))).toBe(true);
    expect(isGood(tallyVitest(report, 0, 'win32'))).toBe(false);
    for (const name of ['plain', 'x [needs root]', 'x [needs constructor]', 'x [needs linux]']) {
      const other = tallyVitest({ testResults: [file('passed', { [name]: 'pending', b: 'passed' })] }, 0, 'linux');
      expect([name, summaryLine(other), isGood(other)]).toEqual([name, '1 passed, 1 failed, 0 skipped', false]);
    }
  });

  test('what lawfully did not run is said, with the reason', () => {
    const results = { 'a [needs windows]': 'skipped', 'b [needs windows]': 'skipped', 'c [needs macos]': 'pending' };
    const report = { testResults: [file('passed', { ...results, 'd [needs linux]': 'passed', e: 'skipped' })] };
    expect(notRun(report, 'linux')).toEqual([
      '2 tests were not run: this is not Windows',
      '1 test was not run: this is not a Mac',
    ]);
    expect(notRun(undefined)).toEqual([]);
  });

  test('a file that cannot be loaded is a failure although no test in it failed', () => {
    const tally = tallyVitest({ testResults: [file('failed', {}), file('passed', { a: 'passed' })] }, 1);
    expect([tally.failed, isGood(tally)]).toEqual([1, false]);
  });

  test('an error outside of every test is a failure', () => {
    const tally = tallyVitest({ testResults: [file('passed', { a: 'passed' })] }, 1);
    expect([tally.passed, tally.failed, isGood(tally)]).toEqual([1, 1, false]);
  });

  test('no report, and no tests, are never a success', () => {
    expect(isGood(tallyVitest(undefined, 0))).toBe(false);
    expect(isGood(tallyVitest({ testResults: [] }, 0))).toBe(false);
  });
});
