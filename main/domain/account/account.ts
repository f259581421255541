import type { VaultTier } from './vault-tier.ts';

export type AccountKind = 'questionpro' | 'sample';

export type Account = {
  readonly id: number;
  /** Names the account's key in the vault; never reused. */
  readonly uid: string;
  readonly name: string;
  readonly kind: AccountKind;
  /** A URL's origin, without a trailing slash. */
  readonly origin: string;
  /** '' stands for the key's own images. */
  readonly userId: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly vault: VaultTier;
};

/** Given to new accounts in turn. */
export const accountColours = [
  '#4f6df5',
  '#1fa971',
  '#e0673c',
  '#a855c7',
  '#d4a017',
  '#2b9fc4',
  '#d64577',
  '#6b7f2a',
] as const;
