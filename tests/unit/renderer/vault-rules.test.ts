import { describe, expect, it } from 'vitest';
import type { VaultStatus } from '../../../main/contract/commands/accounts.ts';
import { failure, type FailureCode } from '../../../main/domain/failure.ts';
import type { VaultTier } from '../../../main/domain/account/vault-tier.ts';
import { canChoose, findVaultProblems, passphraseNeed, tierText } from '../../../renderer/accounts/keys/vault-rules.ts';

function status(tier: VaultTier, code?: FailureCode, isNew = false): VaultStatus {
  const problem = code === undefined ? null : failure(code, 'Why not.');
  return { tier, name: 'a place', usable: problem === null, failure: problem, isNew };
}

const none = { passphrase: '', repeated: '' };

describe('where a key can be kept', () => {
  it.each([
    [status('keychain'), true],
    [status('keychain', 'vault-missing'), false],
    [status('keychain', 'vault-locked'), false],
    [status('file', 'vault-locked'), true],
    [status('file', 'wrong-passphrase'), true],
    [status('file', 'data-damaged'), false],
    [status('session'), true],
  ])('case %#', (place, can) => {
    expect(canChoose(place)).toBe(can);
  });

  it('is a mistake while nothing is chosen, or what can’t be', () => {
    expect(findVaultProblems(undefined, none)).toEqual({ tier: 'vault.chooseOne' });
    expect(findVaultProblems(status('keychain', 'vault-missing'), none)).toEqual({ tier: 'vault.chooseOne' });
  });

  it('needs nothing more in the keychain, in this session, and in an open file', () => {
    const places = [status('keychain'), status('session'), status('file')];
    expect(places.map((place) => findVaultProblems(place, none))).toEqual([{}, {}, {}]);
  });
});

describe('the file with a passphrase', () => {
  it('is asked for twice where it is new, once where it is locked', () => {
    expect(passphraseNeed(status('file', 'vault-locked', true))).toBe('choose');
    expect(passphraseNeed(status('file', undefined, true))).toBe('choose');
    expect(passphraseNeed(status('file', 'vault-locked'))).toBe('enter');
    expect(passphraseNeed(status('file'))).toBe('none');
  });

  it('takes a new one only where both are the same', () => {
    const place = status('file', 'vault-locked', true);
    expect(findVaultProblems(place, none)).toEqual({ passphrase: 'vault.passphraseEmpty' });
    expect(findVaultProblems(place, { passphrase: 'a', repeated: 'b' })).toEqual({
      repeated: 'vault.passphrasesDiffer',
    });
    expect(findVaultProblems(place, { passphrase: 'a', repeated: 'a' })).toEqual({});
  });

  it('takes that of an existing one once', () => {
    const place = status('file', 'vault-locked');
    expect(findVaultProblems(place, none)).toEqual({ passphrase: 'vault.passphraseMissing' });
    expect(findVaultProblems(place, { passphrase: 'a', repeated: '' })).toEqual({});
  });

  it('says what choosing it means now', () => {
    const places = [status('file', 'vault-locked', true), status('file', 'vault-locked'), status('file')];
    expect(places.map(tierText)).toEqual(['vault.newFileText', 'vault.lockedFileText', 'vault.openFileText']);
  });
});
