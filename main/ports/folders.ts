/** Absolute paths; the core creates what is missing. */
export type Folders = {
  /** Databases, settings, the passphrase vault. */
  readonly data: string;
  readonly cache: string;
  readonly logs: string;
  /** Where a download goes unless told otherwise; it need not be there yet. */
  readonly downloads?: string | undefined;
};
