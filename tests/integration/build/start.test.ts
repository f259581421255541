import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const address = /^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/mu;

/** Runs npm start like a user, in its own process group as in a terminal, with its own home. */
function start(settings: Readonly<Record<string, string>> = {}, words: readonly string[] = []) {
  const home = temporaryFolder();
  const env = { PATH: process.env['PATH'], HOME: home, CONTACT_SHEET_HOME: home, CI: 'true', TZ: 'UTC', ...settings };
  const child = spawn('npm', ['-s', 'start', '--', ...words], { cwd: root, env, detached: true });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close').then(() => child.exitCode);
  const group = -(child.pid ?? 0);
  onTestFinished(async () => {
    if (isThere(group)) process.kill(group, 'SIGKILL');
    await closed;
  });
  return { home, pid: child.pid ?? 0, group, closed, output: () => output };
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const open = async (started: ReturnType<typeof start>) => {
  await expect.poll(started.output, { timeout: 60_000 }).toMatch(address);
  const [url = ''] = address.exec(started.output()) ?? [];
  const letIn = await fetch(url, { redirect: 'manual' });
  const cookie = letIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (await fetch(new URL('/', url), { headers: { cookie } })).text();
};

describe('npm start without a display', () => {
  for (const [signal, to] of [
    ['SIGINT', 'the whole group'],
    ['SIGTERM', 'npm alone'],
  ] as const) {
    testNeeding('linux', `says why, serves the interface, and ${signal} to ${to} leaves nothing running`, async () => {
      const started = start();
      expect(await open(started)).toContain('<title>Contact Sheet</title>');
      expect(started.output()).toContain('There is no display to open a window on, so the same interface is served');
      process.kill(to === 'npm alone' ? started.pid : started.group, signal);
      await started.closed;
      await expect.poll(() => isThere(started.group), { timeout: 20_000 }).toBe(false);
    });
  }

  testNeeding('linux', 'runs a second time beside the first, on the same library', async () => {
    const first = start();
    await open(first);
    const second = start({ CONTACT_SHEET_HOME: first.home });
    expect(await open(second)).toContain('<title>Contact Sheet</title>');
    expect(isThere(first.group)).toBe(true);
  });
});

describe('npm start with a display', () => {
  /** Creates a runtime whose program is a script, with a fake display and without root, which Electron refuses. */
  function createDesktop(script: string): Record<string, string> {
    const folder = join(temporaryFolder(), 'dist');
    mkdirSync(folder);
    writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'electron'), 0o755);
    const ordinary = '--import data:text/javascript,process.getuid=()=>1000';
    return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':99', NODE_OPTIONS: ordinary };
  }

  testNeeding('linux', 'opens Electron on the built program, and ends as it ends', async () => {
    const seen = join(temporaryFolder(), 'seen');
    const started = start(createDesktop(`echo "$@" > '${seen}'; exit 3`));
    expect(await started.closed, started.output()).toBe(3);
    expect(readFileSync(seen, 'utf8').trim()).toBe(join(root, 'dist', 'electron', 'main.js'));
  });

  testNeeding('linux', 'serves to the browser where Electron can’t open its window', async () => {
    const started = start(createDesktop('exit 127'));
    expect(await open(started)).toContain('<title>Contact Sheet</title>');
    expect(started.output()).toContain('Electron could not open its window here');
  });
});

test('npm start explains what it takes', () => {
  const script = join(root, 'build', 'start.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--fast'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, 'npm start takes --browser and --no-open after a --, and not --fast.\n']);
});
