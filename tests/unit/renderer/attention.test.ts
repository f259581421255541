import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../../main/contract/commands/accounts.ts';
import { failureCodes } from '../../../main/domain/failure.ts';
import { repairActionFor } from '../../../renderer/accounts/repair-action.ts';

const account: AccountView = {
  ...{ id: 1, name: 'Brand', kind: 'questionpro', datacenter: 'us', origin: 'https://api.questionpro.com' },
  ...{ userId: '', colour: '#4f6df5', vault: 'file', vaultName: 'a file', images: 0, syncedAt: null },
};

describe('what mends a failed sync', () => {
  it.each([
    ['unauthorized', 'key'],
    ['key-missing', 'key'],
    ['vault-missing', 'key'],
    ['vault-locked', 'unlock'],
    ['wrong-passphrase', 'unlock'],
    ['no-such-user', 'edit-account'],
    ['offline', undefined],
    ['throttled', undefined],
    ['a code of a newer version', undefined],
  ] as const)('%s leads to %s', (code, kind) => {
    expect(repairActionFor(code, account)?.dialog.kind).toBe(kind);
  });

  it('is never asked of the sample library, which has no key', () => {
    const sample: AccountView = { ...account, kind: 'sample', vault: 'none' };
    expect(failureCodes.map((code) => repairActionFor(code, sample)).filter(Boolean)).toEqual([]);
  });
});
