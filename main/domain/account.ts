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
