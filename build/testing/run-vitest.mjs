import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { capture, runThrough } from '../bootstrap/processes.mjs';
import { toolScript } from '../bootstrap/tools.mjs';
import { notRun, tallyVitest } from './tally.mjs';

/** Options of `unshare` for a user and mount namespace, in which the tests of full and read-only disks need no root. */
const namespaceOptions = ['--user', '--map-root-user', '--mount'];

/** The longest time from vitest's report to its exit. */
const exitLimitMs = 30_000;

/**
 * Runs the tests whose paths contain one of the filters, or all tests, and sums up their report.
 * @param {readonly string[]} filters
 */
export async function runVitest(filters) {
  const folder = mkdtempSync(path.join(tmpdir(), 'contact-sheet-tests-'));
  const reportFile = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = [toolScript('vitest'), 'run', '--config', 'build/vitest.config.ts', ...reporters, ...filters];
  const [program = process.execPath, ...args] = [...(await mountsPrefix()), process.execPath, ...vitest];
  const guard = guardExit(reportFile);
  try {
    const { code } = await runThrough(program, args, { cwd: root, started: guard.watch });
    const report = readReport(reportFile);
    for (const line of notRun(report)) console.log(line);
    return tallyVitest(report, code);
  } finally {
    guard.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Kills a vitest that has written its report but doesn't exit because of something a test left behind: that is a
 * failure, not a reason to wait forever.
 * @param {string} reportFile
 */
function guardExit(reportFile) {
  let pid = 0;
  let seenAt = Infinity;
  const timer = setInterval(() => {
    const now = performance.now();
    if (seenAt === Infinity && existsSync(reportFile)) seenAt = now;
    if (now - seenAt < exitLimitMs || pid === 0) return;
    clearInterval(timer);
    console.log('vitest did not end: a test left a process or a connection behind.');
    process.kill(pid, 'SIGKILL');
  }, 1000);
  return { watch: (/** @type {number} */ child) => void (pid = child), stop: () => clearInterval(timer) };
}

/** Returns the command prefix that lets tests mount: needed by ordinary users, and by root in a container. */
async function mountsPrefix() {
  if (process.platform !== 'linux') return [];
  const works = async (/** @type {readonly string[]} */ args) =>
    (await capture('unshare', [...args, 'true'])).code === 0;
  if (process.getuid?.() === 0 && (await works(['--mount']))) return [];
  return (await works(namespaceOptions)) ? ['unshare', ...namespaceOptions] : [];
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
