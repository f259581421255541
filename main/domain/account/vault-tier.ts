import type { FailureCode } from '../failure.ts';

/** Where an account's key is kept; `none` keeps nothing: the key comes with each run. */
export const vaultTiers = ['keychain', 'file', 'session', 'none'] as const;
export type VaultTier = (typeof vaultTiers)[number];

/** Whether a key can't be had because its place can't be opened, however often one tries without mending that. */
export function isOutOfReach(code: FailureCode): boolean {
  return ['vault-locked', 'vault-missing', 'wrong-passphrase', 'data-damaged'].includes(code);
}
