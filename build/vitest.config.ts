import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A time zone with daylight saving time that isn't UTC, to reveal mix-ups of local time and UTC. */
process.env['TZ'] = 'Europe/Berlin';

/** Retries once in CI, where a shared machine may stall for seconds; not on a developer's computer. */
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

/** End-to-end tests run the shipped code in real processes and browsers, so only one file at a time. */
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
    // Processes instead of threads: tests send signals, change folders and load native libraries.
    pool: 'forks',
    // Integration tests mostly wait, for files and for processes.
    maxWorkers: Math.max(2, availableParallelism()),
    allowOnly: false,
    passWithNoTests: false,
    // A test that asserts nothing can't fail.
    // Real processes and browsers are slow on a busy machine; polling notices a result at once.
    expect: { requireAssertions: true, poll: { timeout: 15_000 } },
  },
});
