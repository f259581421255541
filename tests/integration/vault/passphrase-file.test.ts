import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PassphraseNeed } from '../../../main/adapters/vault/passphrase/key-opener.ts';
import { createPassphraseFileVault } from '../../../main/adapters/vault/passphrase/passphrase-file.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { realClock } from './real-clock.ts';

const done = { ok: true };
const refusedAs = (code: string) => ({ ok: false, error: { code } });

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passphrase-file-'));
  path = join(folder, 'inner', 'keys.age');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function openVault(...passphrases: readonly (string | undefined)[]) {
  const needs: PassphraseNeed[] = [];
  const passphrase = (need: PassphraseNeed) => {
    needs.push(need);
    return Promise.resolve(passphrases[Math.min(needs.length, passphrases.length) - 1]);
  };
  const vault = createPassphraseFileVault({ path, passphrase, clock: realClock, lockTimeoutMs: 5_000, workFactor: 4 });
  return { ...vault, needs };
}

async function seal(text: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(4);
  return encrypter.encrypt(text);
}

describe('the passphrase file', () => {
  test('keeps keys from one process to the next, in the age format, for its owner alone', async () => {
    const first = openVault('words');
    expect(await first.read('a')).toMatchObject(refusedAs('key-missing'));
    expect(await first.remove('a')).toEqual(done);
    expect(first.needs).toEqual([]);
    expect(await first.write('a', 'ключ-🔑')).toEqual(done);
    expect(await first.write('__proto__', 'x'.repeat(100_000))).toEqual(done);
    expect(await first.write('a', 'ключ-🔑')).toEqual(done);
    expect(first.needs).toEqual(['create']);
    const second = openVault('words');
    expect(await second.read('a')).toEqual({ ok: true, value: 'ключ-🔑' });
    expect(await second.read('__proto__')).toEqual({ ok: true, value: 'x'.repeat(100_000) });
    expect(await second.read('b')).toMatchObject(refusedAs('key-missing'));
    expect(second.needs).toEqual(['open']);
    const decrypter = new Decrypter();
    decrypter.addPassphrase('words');
    expect(await decrypter.decrypt(await readFile(path), 'text')).toContain('ключ-🔑');
    expect((await readFile(path)).includes('x'.repeat(20))).toBe(false);
    expect(await readdir(join(path, '..'))).toEqual(['keys.age']);
  });

  testNeeding('linux', 'can be read by its owner alone', async () => {
    await openVault('words').write('a', 'key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    await openVault('words').write('b', 'key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('is locked without a passphrase, and says how to give one', async () => {
    await openVault('words').write('a', 'key');
    for (const given of [undefined, '']) {
      const vault = openVault(given);
      for (const result of [
        await vault.read('a'),
        await vault.write('b', 'k'),
        await vault.remove('a'),
        await vault.probe(),
      ]) {
        expect(result).toMatchObject(refusedAs('vault-locked'));
        expect(JSON.stringify(result)).toContain('CONTACT_SHEET_PASSPHRASE');
      }
    }
    expect(await openVault('words').read('a')).toEqual({ ok: true, value: 'key' });
  });

  test('refuses a wrong passphrase, stays as it was, and asks again', async () => {
    await openVault('words').write('a', 'key');
    const before = await readFile(path);
    const vault = openVault('wrong', 'wrong', 'wrong', 'words');
    expect(await vault.read('a')).toMatchObject(refusedAs('wrong-passphrase'));
    expect(await vault.write('a', 'another-key')).toMatchObject(refusedAs('wrong-passphrase'));
    expect(await vault.remove('a')).toMatchObject(refusedAs('wrong-passphrase'));
    expect(await readFile(path)).toEqual(before);
    expect(await vault.read('a')).toEqual({ ok: true, value: 'key' });
  });

  test('goes with its last key, and takes a new passphrase then', async () => {
    const vault = openVault('words', 'other words');
    await vault.write('a', 'key');
    await vault.write('b', 'key');
    expect([await vault.remove('a'), await vault.remove('b')]).toEqual([done, done]);
    expect(await readdir(join(path, '..'))).toEqual([]);
    await vault.write('c', 'key');
    expect(vault.needs).toEqual(['create', 'create']);
    expect(await openVault('words').read('c')).toMatchObject(refusedAs('wrong-passphrase'));
    expect(await openVault('other words').read('c')).toEqual({ ok: true, value: 'key' });
  });

  test('changes its passphrase; who remembered the old one is asked again', async () => {
    expect(await openVault('words').changePassphrase('new')).toMatchObject(refusedAs('vault-missing'));
    const other = openVault('words', 'new words');
    await other.write('a', 'key');
    const vault = openVault('words');
    expect(await vault.changePassphrase('')).toMatchObject(refusedAs('bad-input'));
    expect(await vault.changePassphrase('new words')).toEqual(done);
    expect(await vault.write('b', 'key')).toEqual(done);
    expect(await openVault('words').read('a')).toMatchObject(refusedAs('wrong-passphrase'));
    expect(await other.read('b')).toEqual({ ok: true, value: 'key' });
    expect(other.needs).toEqual(['create', 'open']);
  });

  test('is probed without asking a person, and without making anything', async () => {
    const fresh = openVault('words');
    expect(await fresh.probe()).toEqual(done);
    expect(fresh.needs).toEqual(['probe']);
    expect(await readdir(folder)).toEqual([]);
    await openVault('words').write('a', 'key');
    expect(await openVault('words').probe()).toEqual(done);
    expect(await openVault('wrong').probe()).toMatchObject(refusedAs('wrong-passphrase'));
  });

  test('is cancelled while it waits for a passphrase, or its turn, and works afterwards', async () => {
    await openVault('words').write('a', 'key');
    const never = () => new Promise<string>(() => undefined);
    let passphrase: () => Promise<string> = never;
    const vault = createPassphraseFileVault({ path, passphrase: () => passphrase(), clock: realClock, workFactor: 4 });
    const asking = new AbortController();
    const waiting = new AbortController();
    const first = vault.read('a', asking.signal);
    const second = vault.write('b', 'key', waiting.signal);
    waiting.abort();
    expect(await second).toMatchObject(refusedAs('cancelled'));
    asking.abort();
    expect(await first).toMatchObject(refusedAs('cancelled'));
    expect(await vault.probe(AbortSignal.abort())).toMatchObject(refusedAs('cancelled'));
    passphrase = () => Promise.resolve('words');
    expect(await vault.read('a')).toEqual({ ok: true, value: 'key' });
    expect(await vault.read('b')).toMatchObject(refusedAs('key-missing'));
  });

  test('says where it cannot be written', async () => {
    await writeFile(join(folder, 'inner'), 'a file where the folder should be');
    const written = await openVault('words').write('a', 'the-key');
    expect(written).toMatchObject(refusedAs('not-writable'));
    expect(JSON.stringify(written)).not.toContain('the-key');
  });
});

describe('a damaged passphrase file', () => {
  const keyText = '{"version":1,"keys":{"a":"key"}}';
  const cases: readonly (readonly [string, string, () => Promise<Uint8Array>])[] = [
    ['is empty', 'data-damaged', () => Promise.resolve(new Uint8Array())],
    ['is some other file', 'data-damaged', () => Promise.resolve(Buffer.from('{"keys":{}}'))],
    ['was cut off in its header', 'data-damaged', async () => (await seal(keyText, 'words')).slice(0, 60)],
    ['was cut off at its end', 'data-damaged', async () => (await seal(keyText, 'words')).slice(0, -1)],
    [
      'has a changed byte',
      'data-damaged',
      async () => (await seal(keyText, 'words')).map((byte, at, all) => (at === all.length - 3 ? byte ^ 1 : byte)),
    ],
    ['holds another text', 'data-damaged', () => seal('hello', 'words')],
    ['is of a newer version', 'newer-data', () => seal('{"version":2}', 'words')],
  ];
  test.for(cases)('that %s is %s, and is left as it was', async ([, code, make]) => {
    const bytes = Buffer.from(await make());
    await mkdir(join(path, '..'));
    await writeFile(path, bytes);
    const vault = openVault('words');
    const results = [
      await vault.read('a'),
      await vault.write('a', 'k'),
      await vault.remove('a'),
      await vault.changePassphrase('x'),
    ];
    for (const result of [...results, await vault.probe()]) expect(result).toMatchObject(refusedAs(code));
    expect(await readFile(path)).toEqual(bytes);
    expect(await readdir(join(path, '..'))).toEqual(['keys.age']);
  });
});
