import type { VaultStatus } from '../../../main/contract/commands/accounts.ts';
import type { VaultTier } from '../../../main/domain/account/vault-tier.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';

/** What the user has to give before a key can be put there. */
export type PassphraseNeed = 'none' | 'choose' | 'enter';

/** Whether opening the place of the keys mends a failure. */
export function isLocked(code: string): boolean {
  return code === 'vault-locked' || code === 'wrong-passphrase';
}

export function passphraseNeed({ tier, usable, isNew }: VaultStatus): PassphraseNeed {
  if (tier !== 'file') return 'none';
  if (isNew) return 'choose';
  return usable ? 'none' : 'enter';
}

/** Whether a key can be put there now, or once its passphrase is known. */
export function canChoose({ tier, usable, failure }: VaultStatus): boolean {
  return usable || (tier === 'file' && failure !== null && isLocked(failure.code));
}

export type VaultProblems = {
  readonly tier?: MessageKey;
  readonly passphrase?: MessageKey;
  readonly repeated?: MessageKey;
};

export type Passphrases = { readonly passphrase: string; readonly repeated: string };

/** What keeps the chosen place from being used; empty where nothing does. `status` is that of the chosen one. */
export function findVaultProblems(
  status: VaultStatus | undefined,
  { passphrase, repeated }: Passphrases,
): VaultProblems {
  if (status === undefined || !canChoose(status)) return { tier: 'vault.chooseOne' };
  const need = passphraseNeed(status);
  if (need === 'none') return {};
  if (passphrase === '') return { passphrase: need === 'choose' ? 'vault.passphraseEmpty' : 'vault.passphraseMissing' };
  return need === 'choose' && passphrase !== repeated ? { repeated: 'vault.passphrasesDiffer' } : {};
}

/** What choosing a tier means, where it can be used. */
export function tierText({ tier, isNew, usable }: VaultStatus): MessageKey {
  const texts: Readonly<Record<VaultTier, MessageKey>> = {
    keychain: 'vault.keychainText',
    file: isNew ? 'vault.newFileText' : usable ? 'vault.openFileText' : 'vault.lockedFileText',
    session: 'vault.sessionText',
    none: 'vault.noneText',
  };
  return texts[tier];
}
