import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A zone with summer time that is not UTC, so that a mix-up of local and universal time shows. */
process.env['TZ'] = 'Europe/Berlin';

/** A machine of CI is shared and may stand still for seconds: what fails there twice has failed. At home once is enough. */
const retry = process.env['CI'] === undefined ? 0 : 1;

const project = (name: string, timeoutMs: number) => ({
  extends: true as const,
  test: {
    name,
    retry: name === 'unit' ? 0 : retry,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
  },
});

/** What ships is what they run, on whole processes and browsers: one file at a time is enough of these. */
const journeys = {
  extends: true as const,
  test: {
    name: 'e2e',
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('test-build.ts', import.meta.url))],
    fileParallelism: false,
    retry,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: '.cache/vite',
  test: {
    projects: [project('unit', 30_000), project('integration', 120_000), project('contract', 60_000), journeys],
    globalSetup: [fileURLToPath(new URL('test-home.ts', import.meta.url))],
    // Processes rather than threads: tests send signals, change folders and load native libraries.
    pool: 'forks',
    // Integration tests mostly wait, for files and for processes.
    maxWorkers: Math.max(2, availableParallelism()),
    allowOnly: false,
    passWithNoTests: false,
    // A test that asserts nothing can't fail.
    // Whole processes and browsers on a busy machine take their time; what comes is seen at once.
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
});
