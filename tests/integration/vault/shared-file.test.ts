import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeFileLock } from '../../../main/adapters/vault/passphrase/file-lock.ts';
import { createPassphraseFileVault } from '../../../main/adapters/vault/passphrase/passphrase-file.ts';
import { replaceFile } from '../../../main/adapters/vault/passphrase/replace-file.ts';
import { realClock } from './real-clock.ts';

const writer = fileURLToPath(new URL('./passphrase-writer.ts', import.meta.url));
const patience = { timeoutMs: 20_000, clock: realClock };

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shared-file-'));
  path = join(folder, 'keys.age');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openVault = (lockTimeoutMs = 20_000) =>
  createPassphraseFileVault({
    path,
    passphrase: () => Promise.resolve('words'),
    clock: realClock,
    lockTimeoutMs,
    workFactor: 4,
  });

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('several processes on one passphrase file', () => {
  test('lose none of their keys', async () => {
    const uids = ['a', 'b', 'c', 'd'].map((name) => [1, 2, 3].map((number) => `${name}${String(number)}`));
    const limits = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
    await Promise.all(uids.map((some) => promisify(execFile)(process.execPath, [writer, path, ...some], limits)));
    const vault = openVault();
    for (const uid of uids.flat()) expect(await vault.read(uid)).toEqual({ ok: true, value: `key of ${uid}` });
    expect(await readdir(folder)).toEqual(['keys.age']);
  });

  test('two vaults in one process lose none either', async () => {
    const [one, other] = [openVault(), openVault()];
    await Promise.all(['a', 'b', 'c', 'd'].map((uid, at) => (at % 2 ? one : other).write(uid, uid)));
    for (const uid of ['a', 'b', 'c', 'd']) expect(await openVault().read(uid)).toEqual({ ok: true, value: uid });
  });

  test('a lock that is kept makes the others say so, and change nothing', async () => {
    const lock = await takeFileLock(`${path}.lock`, patience);
    expect(await openVault(50).write('a', 'key')).toMatchObject({ ok: false, error: { code: 'busy' } });
    const controller = new AbortController();
    const waiting = openVault().write('a', 'key', controller.signal);
    controller.abort();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await lock?.release();
    expect(await openVault().write('a', 'key')).toEqual({ ok: true });
  });
});

describe('a lock', () => {
  const abandoned = 60_000;
  test.for([
    ['whose process is dead', async () => `${String(await deadProcess())}\n${hostname()}\ntoken\n`, 0],
    ['that was not touched for long', () => Promise.resolve(`${String(process.pid)}\nelsewhere\ntoken\n`), abandoned],
    ['that was never written', () => Promise.resolve(''), abandoned],
  ] as const)('%s is taken over', async ([, content, ageMs]) => {
    await writeFile(`${path}.lock`, await content());
    const touched = new Date(Date.now() - ageMs);
    await utimes(`${path}.lock`, touched, touched);
    const lock = await takeFileLock(`${path}.lock`, patience);
    expect(await lock?.stillHeld()).toBe(true);
    await lock?.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a running process is left to it', async () => {
    await writeFile(`${path}.lock`, `${String(process.pid)}\n${hostname()}\ntoken\n`);
    expect(await takeFileLock(`${path}.lock`, { timeoutMs: 0, clock: realClock })).toBeUndefined();
    expect(await readdir(folder)).toEqual(['keys.age.lock']);
  });

  test('that another took over is no longer held, and stays theirs', async () => {
    const lock = await takeFileLock(`${path}.lock`, patience);
    await writeFile(`${path}.lock`, `${String(process.pid)}\n${hostname()}\nanother token\n`);
    expect(await lock?.stillHeld()).toBe(false);
    await lock?.release();
    expect(await readdir(folder)).toEqual(['keys.age.lock']);
  });
});

describe('a whole file in the place of another', () => {
  test('is not put there when the last moment says no; what a killed process left goes', async () => {
    await writeFile(path, 'before');
    await writeFile(`${path}.left-over.new`, 'half');
    expect(await replaceFile(path, Buffer.from('after'), () => Promise.resolve(false))).toBe(false);
    expect(await readdir(folder)).toEqual(['keys.age']);
    expect(await replaceFile(path, Buffer.from('after'), () => Promise.resolve(true))).toBe(true);
    expect(await readdir(folder)).toEqual(['keys.age']);
  });
});
