import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createKeychainVault } from '../../../main/adapters/vault/keychain/keychain.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import type { StartHelper } from '../../../main/ports/helper.ts';
import { startCommand } from '../../../main/adapters/helpers/start-in-node.ts';
import { inDriver } from './keychain-steps.ts';

const bare = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' };
const missing = { ok: false, error: { code: 'vault-missing', message: expect.stringContaining('passphrase') } };
const helper = fileURLToPath(new URL('../../../main/adapters/vault/keychain/keychain-helper.ts', import.meta.url));

function vaultWith(helperCommand: readonly [string, ...string[]], timeoutMs = 10_000) {
  const startHelper: StartHelper = (_script, environment) => startCommand(helperCommand, environment);
  return createKeychainVault({ serviceName: 'Tests', timeoutMs, environment: bare, platform: 'linux', startHelper });
}

describe('the keychain where there is none', () => {
  for (const [where, address] of [
    ['with no D-Bus at all', {}],
    ['with an address that leads nowhere', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['with an address that is none', { DBUS_SESSION_BUS_ADDRESS: 'nonsense' }],
  ] as const) {
    testNeeding('linux', `says so ${where}`, async () => {
      const calls = await inDriver({ ...bare, ...address }, [
        ['read', 'a'],
        ['write', 'a', 'the-key'],
        ['remove', 'a'],
        ['probe'],
      ]);
      expect(calls).toEqual(Array(4).fill(missing));
      expect(JSON.stringify(calls)).toContain('There is no D-Bus session here');
      expect(JSON.stringify(calls)).not.toContain('the-key');
    });
  }

  test('says so where the library cannot be loaded', async () => {
    const environment = { ...bare, NAPI_RS_NATIVE_LIBRARY_PATH: '/nonexistent/library.node' };
    const options = { serviceName: 'Tests', timeoutMs: 10_000, environment, platform: 'linux' };
    const read = await createKeychainVault(options).read('a');
    expect(read).toEqual(missing);
    expect(JSON.stringify(read)).toContain('cannot run here');
  });
});

describe('the keychain helper', () => {
  const stopped = { ok: false, error: { code: 'vault-missing', message: expect.stringContaining('stopped') } };

  test.for([
    ['crashes', 'process.kill(process.pid, "SIGSEGV")'],
    ['ends in silence', ''],
    ['answers with null', 'process.stdin.once("data", () => console.log("null"))'],
    ['answers with nonsense', 'process.stdin.once("data", () => console.log("nonsense"))'],
  ] as const)('that %s is no answer', async ([, code]) => {
    const vault = vaultWith([process.execPath, '-e', code]);
    expect(await vault.write('a', 'x'.repeat(1_000_000))).toEqual(stopped);
  });

  test('that cannot be started is no answer', async () => {
    expect(await vaultWith(['/nonexistent/program']).read('a')).toEqual(stopped);
  });

  test('that never answers is ended by the time limit, or by the signal', async () => {
    const silent = [process.execPath, '-e', 'setInterval(() => undefined, 1000)'] as const;
    expect(await vaultWith(silent, 300).read('a')).toMatchObject({ error: { code: 'vault-locked' } });
    const controller = new AbortController();
    const asked = vaultWith(silent).read('a', controller.signal);
    controller.abort();
    expect(await asked).toMatchObject({ error: { code: 'cancelled' } });
    expect(await vaultWith(silent).probe(AbortSignal.abort())).toMatchObject({ error: { code: 'cancelled' } });
  });

  test('sees no key and no passphrase in its environment', async () => {
    const print =
      'process.stdin.once("data", () => console.log(JSON.stringify({outcome: "key", key: JSON.stringify(process.env)})))';
    const environment = { ...bare, CONTACT_SHEET_API_KEY: 'the-key', CONTACT_SHEET_PASSPHRASE: 'words', LANG: 'HELLO' };
    const startHelper: StartHelper = (_script, given) => startCommand([process.execPath, '-e', print], given);
    const options = { serviceName: 'Tests', timeoutMs: 10_000, environment, platform: 'linux', startHelper };
    const seen = JSON.stringify(await createKeychainVault(options).read('a'));
    expect(seen).toContain('HELLO');
    expect(seen).not.toMatch(/the-key|words/);
  });

  test('ends with the process that asked', async () => {
    const orphan = spawn(process.execPath, [helper], { stdio: ['pipe', 'ignore', 'ignore'], timeout: 20_000 });
    const ended = once(orphan, 'exit');
    orphan.stdin.end();
    expect(await ended).toEqual(process.platform === 'win32' ? [1, null] : [null, 'SIGKILL']);
  });
});
