import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keychainFailure } from '../../../main/adapters/vault/keychain/keychain-failure.ts';
import { vaultName } from '../../../main/adapters/vault/vault-name.ts';

const name = vaultName('keychain', 'linux');
const refused = (words: string) => keychainFailure({ outcome: 'refused', words }, name, 10_000);

describe('what the keychain library says', () => {
  test.for([
    ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'vault-locked'],
    ['Platform failure: User interaction is not allowed.', 'vault-locked'],
    ['Platform failure: User canceled the operation.', 'vault-locked'],
    ['Platform failure: The user name or passphrase you entered is not correct.', 'vault-locked'],
    ['Platform failure: DBus error: Did not receive a reply. Possible causes include: …', 'vault-locked'],
    [
      'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
      'vault-missing',
    ],
    ["Couldn't access platform storage: Secret Service: no result found", 'vault-missing'],
    ['Platform failure: DBus error: Failed to connect to socket /x: No such file or directory', 'vault-missing'],
    ["Attribute 'password' is longer than platform limit of 2560 chars", 'bad-input'],
    ['Entry is matched by 2 credentials: ambiguous', 'data-damaged'],
    ['', 'vault-missing'],
  ] as const)('%j is %s', ([words, code]) => {
    expect(refused(words).code).toBe(code);
  });

  test('is quoted when it is new and about the platform', () => {
    expect(refused('Platform failure: No such logon session.').message).toContain('(No such logon session.)');
  });

  test('is never quoted otherwise, as it might hold the key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (secret) => {
        expect(refused(`Data is not text: \u0001${secret}\u0001`).message).not.toContain(`\u0001`);
      }),
    );
  });
});

test('every sentence names the keychain as it is called on each platform, and leaves no gap', () => {
  for (const platform of ['linux', 'darwin', 'win32', 'freebsd']) {
    const called = vaultName('keychain', platform);
    for (const outcome of ['timed-out', 'cancelled', 'crashed', 'unloadable', 'differs'] as const) {
      const { message } = keychainFailure({ outcome }, called, 10_000);
      expect(message.toLowerCase()).toContain(called.toLowerCase());
      expect(message).not.toMatch(/[{}]|undefined/);
    }
  }
});
