import type { Result } from '../domain/result.ts';
import type { Offer } from '../domain/update.ts';

/** Where newer versions come from, for hosts that install themselves. Nothing happens that was not asked for. */
export type UpdateSource = {
  /** Undefined where this is the newest version. */
  check(): Promise<Result<Offer | undefined>>;
  /** Brings what `check` found, and proves it; `progressed` gets a fraction from 0 to 1. */
  download(progressed: (fraction: number) => void): Promise<Result<undefined>>;
  /** Installs what was brought, ends the app and starts the new version. */
  install(): Promise<Result<undefined>>;
};

/** Or why this host looks for none, as a sentence for the user. */
export type Updates = UpdateSource | { readonly absent: string };
