import type { VaultTier } from '../../domain/account/vault-tier.ts';

const keychainNames: Readonly<Record<string, string>> = {
  darwin: 'the macOS Keychain',
  win32: 'Windows Credential Manager',
  linux: 'the system keychain (Secret Service)',
};

/** What a tier is, in words that are true on this platform (`process.platform`) and fit inside a sentence. */
export function vaultName(tier: VaultTier, platform: string): string {
  switch (tier) {
    case 'keychain':
      return keychainNames[platform] ?? 'the system keychain';
    case 'file':
      return 'a file encrypted with your passphrase';
    case 'session':
      return 'this session’s memory';
    case 'none':
      return 'nowhere: the key comes with each run (CONTACT_SHEET_API_KEY)';
  }
}
