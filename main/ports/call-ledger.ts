/** Counts the API calls of each key, shared by every process on one catalogue. */
export type CallLedger = {
  /** Takes a place for one call now, or says how many ms to wait before asking again. Keys are named by a fingerprint. */
  reserve(keyFingerprint: string, now: number): { readonly waitMs: number };
  /** How many ms everyone with this key waits from now on; 0 where nobody does. */
  heldMs(keyFingerprint: string, now: number): number;
  /** Everyone with this key waits until then (ms since the epoch). */
  holdUntil(keyFingerprint: string, until: number): void;
  /** A fingerprint of the key that is useless outside this catalogue. */
  fingerprint(key: string): string;
};
