import { describe, expect, test } from 'vitest';
import { vaultTiers } from '../../../main/domain/account/vault-tier.ts';
import { createNoVault } from '../../../main/adapters/vault/none.ts';
import { createSessionVault } from '../../../main/adapters/vault/session.ts';
import { vaultName } from '../../../main/adapters/vault/vault-name.ts';
import { createVaults } from '../../../main/adapters/vault/vaults.ts';

const clock = { now: () => 0, sleep: () => Promise.resolve() };
const vaults = createVaults({
  keychain: { serviceName: 'Tests', timeoutMs: 1_000, environment: {}, platform: 'darwin' },
  file: { path: '/nonexistent/keys.age', passphrase: () => Promise.resolve(undefined), clock },
});

test('each tier has one vault of its own and a name that is true on its platform', () => {
  expect(new Set(vaultTiers.map((tier) => vaults.of(tier))).size).toBe(vaultTiers.length);
  expect(vaults.of('file')).toBe(vaults.file);
  expect(vaultTiers.map((tier) => vaults.nameOf(tier))).toEqual([
    'the macOS Keychain',
    'a file encrypted with your passphrase',
    'this session’s memory',
    'nowhere: the key comes with each run (CONTACT_SHEET_API_KEY)',
  ]);
  expect(vaultName('keychain', 'linux')).toBe('the system keychain (Secret Service)');
  expect(vaultName('keychain', 'win32')).toBe('Windows Credential Manager');
});

describe("this session's memory", () => {
  test('gives a key back until it is removed, and to this vault alone', async () => {
    const vault = createSessionVault();
    expect(await vault.write('__proto__', 'one')).toEqual({ ok: true });
    expect(await vault.read('__proto__')).toEqual({ ok: true, value: 'one' });
    expect(await createSessionVault().read('__proto__')).toMatchObject({ error: { code: 'key-missing' } });
    expect(await vault.remove('__proto__')).toEqual({ ok: true });
    expect(await vault.remove('__proto__')).toEqual({ ok: true });
    expect(await vault.read('__proto__')).toMatchObject({ error: { code: 'key-missing' } });
    expect(await vault.probe()).toEqual({ ok: true });
  });
});

describe('the tier that keeps nothing', () => {
  test('never says that it kept a key', async () => {
    const vault = createNoVault();
    const written = await vault.write('a', 'the-key');
    expect(written).toMatchObject({ ok: false, error: { code: 'vault-missing' } });
    const read = await vault.read('a');
    expect(read).toMatchObject({ ok: false, error: { code: 'key-missing' } });
    expect(JSON.stringify([written, read])).toMatch(/CONTACT_SHEET_API_KEY.*CONTACT_SHEET_API_KEY/);
    expect(JSON.stringify(written)).not.toContain('the-key');
    expect([await vault.remove('a'), await vault.probe()]).toEqual([{ ok: true }, { ok: true }]);
  });
});
