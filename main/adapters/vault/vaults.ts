import type { VaultTier } from '../../domain/account/vault-tier.ts';
import type { Vault } from '../../ports/vault.ts';
import { createKeychainVault, type KeychainVaultOptions } from './keychain/keychain.ts';
import { createNoVault } from './none.ts';
import {
  createPassphraseFileVault,
  type PassphraseFileOptions,
  type PassphraseFileVault,
} from './passphrase/passphrase-file.ts';
import { createSessionVault } from './session.ts';
import { vaultName } from './vault-name.ts';

export type VaultsOptions = { readonly keychain: KeychainVaultOptions; readonly file: PassphraseFileOptions };

export type Vaults = {
  of(tier: VaultTier): Vault;
  /** A tier's true name, to fit inside a sentence. */
  nameOf(tier: VaultTier): string;
  readonly file: PassphraseFileVault;
};

/** Every place a key can be kept, ready to be asked; making them touches none. */
export function createVaults(options: VaultsOptions): Vaults {
  const file = createPassphraseFileVault(options.file);
  const tiers: Readonly<Record<VaultTier, Vault>> = {
    keychain: createKeychainVault(options.keychain),
    file,
    session: createSessionVault(),
    none: createNoVault(),
  };
  return { of: (tier) => tiers[tier], nameOf: (tier) => vaultName(tier, options.keychain.platform), file };
}
