/** Where an account's key is kept; `none` keeps nothing: the key comes with each run. */
export const vaultTiers = ['keychain', 'file', 'session', 'none'] as const;
export type VaultTier = (typeof vaultTiers)[number];
