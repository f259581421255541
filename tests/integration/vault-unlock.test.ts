import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must, openTestCore } from '../support/core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const passphrase = 'correct horse battery staple';
const account = { name: 'Brand', datacenter: 'us', key: 'k3y-of-brand', vault: 'file' } as const;

function openOn(folder: string, environment?: string) {
  const { core, log } = openTestCore({
    folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
    passphrase: () => Promise.resolve(environment),
  });
  const status = async () => must(await core.call('vault.status', { tiers: ['file'] }))[0];
  const unlock = (given: string) => core.call('vault.unlock', { tier: 'file', passphrase: given });
  return { core, log, status, unlock };
}

describe('a passphrase that a client hands over', () => {
  it('makes the file with the first key, and opens it after a restart', async () => {
    const folder = temporaryFolder();
    const first = openOn(folder);
    expect(await first.status()).toMatchObject({ usable: false, isNew: true, failure: { code: 'vault-locked' } });
    expect(await first.core.call('accounts.add', account)).toMatchObject({
      ok: false,
      error: { code: 'vault-locked' },
    });
    expect(must(await first.unlock(passphrase))).toBeUndefined();
    expect(await first.status()).toMatchObject({ usable: true, isNew: true });
    must(await first.core.call('accounts.add', account));
    expect(readFileSync(join(folder, 'keys.age'), 'utf8')).toMatch(/^age-encryption|BEGIN AGE/);

    const second = openOn(folder);
    const id = must(await second.core.call('accounts.list', {}))[0]?.id ?? 0;
    const rekey = () => second.core.call('accounts.setKey', { id, key: 'another-key' });
    expect(await second.status()).toMatchObject({ usable: false, isNew: false, failure: { code: 'vault-locked' } });
    expect(await rekey()).toMatchObject({ ok: false, error: { code: 'vault-locked' } });
    expect(await second.unlock('wrong')).toMatchObject({ ok: false, error: { code: 'wrong-passphrase' } });
    expect(await second.status()).toMatchObject({ usable: false });
    must(await second.unlock(passphrase));
    expect(await second.status()).toMatchObject({ usable: true, failure: null });
    must(await rekey());
  });

  it('that is wrong changes nothing where the file is open', async () => {
    const folder = temporaryFolder();
    const { core, status, unlock } = openOn(folder);
    must(await unlock(passphrase));
    must(await core.call('accounts.add', account));
    expect(await unlock('wrong')).toMatchObject({ ok: false, error: { code: 'wrong-passphrase' } });
    expect(await status()).toMatchObject({ usable: true });
    must(await unlock(passphrase));
  });

  it('takes the place of a wrong one in the environment', async () => {
    const folder = temporaryFolder();
    const { core, unlock } = openOn(folder);
    must(await unlock(passphrase));
    must(await core.call('accounts.add', account));
    const { status, unlock: unlockAgain } = openOn(folder, 'an old passphrase');
    expect(await status()).toMatchObject({ usable: false, failure: { code: 'wrong-passphrase' } });
    must(await unlockAgain(passphrase));
    expect(await status()).toMatchObject({ usable: true });
  });

  it('is never logged or sent back, and an empty one is refused', async () => {
    const { log, unlock, core } = openOn(temporaryFolder());
    const answers = [
      await unlock(passphrase),
      await core.dispatch('vault.unlock', { tier: 'keychain', passphrase }),
      await core.dispatch('vault.unlock', { tier: 'file', passphrase: [passphrase] }),
      await core.dispatch('vault.unlock', { tier: 'file', passphrase: passphrase.repeat(100) }),
    ];
    expect(JSON.stringify(answers)).not.toContain('horse');
    expect(log.join()).not.toContain('horse');
    expect(await unlock('')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });
});
