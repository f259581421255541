import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ensureInstalled, isWhole } from '../../../build/bootstrap/install.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';

const done = { code: 0, output: '', missing: false };
let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'contact-sheet-install-'));
  said = [];
  writeLock('1.0.0');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function writeLock(version: string): void {
  const packages = {
    '': {},
    'node_modules/one': { version },
    'node_modules/other-system': { version, optional: true },
  };
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
}

/** Imitates npm ci: empties the folder, fills it, and writes npm's own list last. */
async function npmCi(version = '1.0.0'): Promise<typeof done> {
  const modules = path.join(root, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(path.join(modules, 'one'), { recursive: true });
  const packages = { 'node_modules/one': { version } };
  await Promise.resolve();
  writeFileSync(path.join(modules, '.package-lock.json'), JSON.stringify({ packages }));
  return done;
}

function installation(install: () => Promise<typeof done>) {
  const patience = { pollMs: 2, beatMs: 20, silentMs: 150 };
  return { root, node: process.execPath, install, patience, say: (line: string) => void said.push(line) };
}

describe('installing', () => {
  test('happens once for a lock, and again for another', async () => {
    let runs = 0;
    const install = (version: string) => () => {
      runs += 1;
      return npmCi(version);
    };
    expect(await ensureInstalled(installation(install('1.0.0')))).toEqual({ installed: true });
    expect(await ensureInstalled(installation(install('1.0.0')))).toEqual({ installed: false });
    expect(runs).toBe(1);
    writeLock('2.0.0');
    expect(await ensureInstalled(installation(install('2.0.0')))).toEqual({ installed: true });
    expect(runs).toBe(2);
  });

  test('that stops half-way is never taken for whole', async () => {
    const cutOff = () => {
      mkdirSync(path.join(root, 'node_modules', 'one'), { recursive: true });
      return Promise.reject(new Error('killed'));
    };
    await expect(ensureInstalled(installation(cutOff))).rejects.toThrow('killed');
    expect(isWhole(installation(npmCi))).toBe(false);
    expect(await ensureInstalled(installation(npmCi))).toEqual({ installed: true });
  });

  test('tells the lock of its process', async () => {
    let holder = '';
    const install = (_: string, started: (pid: number) => void) => {
      started(4711);
      holder = readFileSync(path.join(root, '.cache', 'install.lock'), 'utf8');
      return npmCi();
    };
    await ensureInstalled({ ...installation(npmCi), install });
    expect(JSON.parse(holder)).toMatchObject({ pids: [process.pid, 4711] });
  });

  test('that fails says what npm said, and leaves no mark and no lock', async () => {
    const offline = () => Promise.resolve({ code: 1, output: 'npm error code ENOTFOUND', missing: false });
    expect(await ensureInstalled(installation(offline))).toEqual({
      problem: expect.stringContaining('could not reach'),
      details: 'npm error code ENOTFOUND',
    });
    expect(isWhole(installation(npmCi))).toBe(false);
    expect(readdirSync(path.join(root, '.cache'))).toEqual([]);
  });

  test('what someone installed by hand is taken as it is', async () => {
    await npmCi();
    expect(await ensureInstalled(installation(() => Promise.reject(new Error('again'))))).toEqual({ installed: false });
    rmSync(path.join(root, 'node_modules', 'one'), { recursive: true });
    rmSync(path.join(root, 'node_modules', '.contact-sheet-installed'));
    expect(await ensureInstalled(installation(npmCi))).toEqual({ installed: true });
  });

  test('a binary for this platform that npm left out by hand is a reason to install', async () => {
    const native = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };
    const packages = { '': {}, 'node_modules/one': { version: '1.0.0' }, 'node_modules/native': native };
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
    await npmCi();
    expect(await ensureInstalled(installation(npmCi))).toEqual({ installed: true });
  });

  test('a missing Node is a reason to install', async () => {
    await ensureInstalled(installation(npmCi));
    expect(isWhole({ root, node: path.join(root, 'node_modules', 'no-node') })).toBe(false);
  });
});

describe('several runs at once', () => {
  test('a run that was killed holds the lock as long as its npm lives', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pids = [2 ** 22 + 1, orphan.pid];
    mkdirSync(path.join(root, '.cache'));
    writeFileSync(path.join(root, '.cache', 'install.lock'), JSON.stringify({ token: 'a', pids, host: hostname() }));
    let ended = false;
    const install = () => {
      ended = orphan.killed;
      return npmCi();
    };
    const run = ensureInstalled(installation(install));
    await expect.poll(() => said.some((line) => line.startsWith('Another run'))).toBe(true);
    orphan.kill('SIGKILL');
    expect(await run).toEqual({ installed: true });
    expect(ended).toBe(true);
  });

  testNeeding('linux', 'a process that ended uncollected holds no lock', async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [printed] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
    const defunct = Number(printed);
    // Once the parent has replaced its shell by exec, it reaps no child.
    await expect.poll(() => readFileSync(`/proc/${parent.pid ?? 0}/comm`, 'utf8')).toBe('sleep\n');
    process.kill(defunct, 'SIGKILL');
    await expect.poll(() => readFileSync(`/proc/${defunct}/stat`, 'utf8')).toContain(') Z ');
    mkdirSync(path.join(root, '.cache'));
    const holder = { token: 'a', pids: [defunct], host: hostname() };
    writeFileSync(path.join(root, '.cache', 'install.lock'), JSON.stringify(holder));
    expect(await ensureInstalled(installation(npmCi))).toEqual({ installed: true });
    expect(said.filter((line) => line.startsWith('Another run'))).toEqual([]);
  });

  test('install once, one after the other', async () => {
    let inside = 0;
    let most = 0;
    let runs = 0;
    const install = async () => {
      most = Math.max(most, (inside += 1));
      runs += 1;
      const outcome = await npmCi();
      inside -= 1;
      return outcome;
    };
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => ensureInstalled(installation(install))));
    expect([runs, most]).toEqual([1, 1]);
    expect(outcomes.filter((outcome) => 'installed' in outcome && outcome.installed)).toHaveLength(1);
    expect(readdirSync(path.join(root, '.cache'))).toEqual([]);
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ token: 'a', pids: [2 ** 22 + 1], host: hostname() })],
    ['of another machine that is silent', JSON.stringify({ token: 'b', pids: [1], host: 'elsewhere' })],
    ['that was cut off as it was written', ''],
  ])('a lock %s is put aside, by one only', async (_, text) => {
    mkdirSync(path.join(root, '.cache'));
    writeFileSync(path.join(root, '.cache', 'install.lock'), text);
    let runs = 0;
    const install = () => {
      runs += 1;
      return npmCi();
    };
    await Promise.all(Array.from({ length: 4 }, () => ensureInstalled(installation(install))));
    expect(runs).toBe(1);
    expect(existsSync(path.join(root, '.cache', 'install.lock'))).toBe(false);
  });

  test('a holder that lives is waited for, and that is said', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<undefined>();
    const first = ensureInstalled(
      installation(async () => {
        await held;
        return npmCi();
      }),
    );
    const second = ensureInstalled(installation(() => Promise.reject(new Error('twice'))));
    await expect.poll(() => said.some((line) => line.startsWith('Another run'))).toBe(true);
    letGo(undefined);
    expect(await first).toEqual({ installed: true });
    expect(await second).toEqual({ installed: false });
  });
});
