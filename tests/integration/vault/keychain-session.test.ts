import { afterEach, describe, expect } from 'vitest';
import { openKeyring, type Keyring, type KeyringKind } from '../../support/keyring.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { inDriver } from './keychain-steps.ts';

const key = 'a1b2-ключ-🔑-"quoted" \\ end';
const absent = { ok: false, error: { code: 'key-missing', message: expect.stringContaining('Secret Service') } };
const locked = { ok: false, error: { code: 'vault-locked', message: expect.stringContaining('Secret Service') } };
const missing = { ok: false, error: { code: 'vault-missing', message: expect.stringContaining('passphrase') } };
const done = { ok: true };

describe('the keychain, against a real gnome-keyring', () => {
  let keyring: Keyring | undefined;
  const open = async (kind: KeyringKind): Promise<Keyring> => (keyring = await openKeyring(kind));
  afterEach(async () => {
    await keyring?.thaw();
    await keyring?.close();
    keyring = undefined;
  });

  testNeeding('linux', 'keeps a key from one process to the next, and forgets it when told', async () => {
    const { environment } = await open('unlocked');
    const long = 'x'.repeat(10_000);
    const first = await inDriver(environment, [['probe'], ['read', 'a'], ['write', 'a', key], ['write', 'b', long]]);
    expect(first).toEqual([done, absent, done, done]);
    const second = await inDriver(environment, [
      ['read', 'a'],
      ['read', 'b'],
      ['remove', 'a'],
      ['read', 'a'],
      ['remove', 'a'],
      ['read', 'b'],
    ]);
    expect(second).toEqual([
      { ok: true, value: key },
      { ok: true, value: long },
      done,
      absent,
      done,
      { ok: true, value: long },
    ]);
  });

  testNeeding(
    'linux',
    'says locked to every call while it is locked, known key or not, and loses nothing',
    async () => {
      const { environment, lock, kill } = await open('unlocked');
      await inDriver(environment, [['write', 'a', key]]);
      await lock();
      const calls = await inDriver(environment, [
        ['probe'],
        ['read', 'a'],
        ['read', 'unknown'],
        ['write', 'a', 'another-key'],
        ['write', 'new', 'another-key'],
        ['remove', 'a'],
        ['remove', 'unknown'],
      ]);
      expect(calls).toEqual(Array(7).fill(locked));
      expect(JSON.stringify(calls)).not.toContain('another-key');
      // The bus restarts it, locked, with the data on disk.
      await kill();
      expect(
        await inDriver(environment, [
          ['read', 'a'],
          ['read', 'unknown'],
        ]),
      ).toEqual([locked, locked]);
    },
  );

  testNeeding('linux', 'gives up on an unlock prompt that nobody answers, and lets the process end', async () => {
    const { environment, lock } = await open('silent-prompt');
    await inDriver(environment, [['write', 'a', key]]);
    await lock();
    const calls = await inDriver(
      environment,
      [
        ['read', 'a'],
        ['write', 'a', 'another-key'],
      ],
      1_000,
    );
    expect(calls).toEqual([locked, locked]);
    expect(JSON.stringify(calls)).toContain('did not answer within 1 s');
  });

  testNeeding('linux', 'gives up on a keyring that answers nothing, and works again once it does', async () => {
    const { environment, freeze, thaw } = await open('unlocked');
    await inDriver(environment, [['write', 'a', key]]);
    await freeze();
    expect(await inDriver(environment, [['read', 'a'], ['probe']], 1_000)).toEqual([locked, locked]);
    expect(await inDriver(environment, [['remove', 'a']])).toEqual([locked]);
    await thaw();
    expect(await inDriver(environment, [['read', 'a']])).toEqual([{ ok: true, value: key }]);
  });

  testNeeding('linux', 'says missing, not locked, when the keyring is gone for good', async () => {
    const { environment, kill } = await open('only-once');
    await inDriver(environment, [['write', 'a', key]]);
    await kill();
    const calls = await inDriver(environment, [
      ['read', 'a'],
      ['write', 'a', 'another-key'],
      ['remove', 'a'],
      ['probe'],
    ]);
    expect(calls).toEqual(Array(4).fill(missing));
  });

  testNeeding('linux', 'does not call a key absent when the keyring it was in was deleted', async () => {
    const { environment, deleteDefaultCollection } = await open('unlocked');
    await inDriver(environment, [['write', 'a', key]]);
    await deleteDefaultCollection();
    const calls = await inDriver(environment, [['read', 'a'], ['write', 'a', key], ['remove', 'a'], ['probe']]);
    expect(calls).toEqual(Array(4).fill(missing));
    expect(JSON.stringify(calls)).toContain('no default keyring');
  });

  testNeeding('linux', 'says that no Secret Service is there on a bus without one', async () => {
    const { environment } = await open('no-service');
    const calls = await inDriver(environment, [['read', 'a'], ['write', 'a', key], ['remove', 'a'], ['probe']]);
    expect(calls).toEqual(Array(4).fill(missing));
    expect(JSON.stringify(calls)).toContain('No Secret Service is installed');
  });
});
