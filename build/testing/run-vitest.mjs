import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { capture, runThrough } from '../bootstrap/processes.mjs';
import { toolScript } from '../bootstrap/tools.mjs';
import { notRun, tallyVitest } from './tally.mjs';

/** Where one is root of mounts alone: in it the tests of full and read-only disks need no root. */
const ownMounts = ['--user', '--map-root-user', '--mount'];

/** From vitest's report to its end. */
const patienceMs = 30_000;

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
  const guard = guardEnd(reportFile);
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
 * Ends a vitest that has written its report and then does not end, as something that a test left behind holds it: that
 * is a failure, and no reason to wait for ever.
 * @param {string} reportFile
 */
function guardEnd(reportFile) {
  let pid = 0;
  let seenAt = Infinity;
  const timer = setInterval(() => {
    const now = performance.now();
    if (seenAt === Infinity && existsSync(reportFile)) seenAt = now;
    if (now - seenAt < patienceMs || pid === 0) return;
    clearInterval(timer);
    console.log('vitest did not end: a test left a process or a connection behind.');
    process.kill(pid, 'SIGKILL');
  }, 1000);
  return { watch: (/** @type {number} */ child) => void (pid = child), stop: () => clearInterval(timer) };
}

/** What the tests run behind where they could not mount otherwise: an ordinary user's, and root's in a container. */
async function mountsPrefix() {
  if (process.platform !== 'linux') return [];
  const works = async (/** @type {readonly string[]} */ args) =>
    (await capture('unshare', [...args, 'true'])).code === 0;
  if (process.getuid?.() === 0 && (await works(['--mount']))) return [];
  return (await works(ownMounts)) ? ['unshare', ...ownMounts] : [];
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
