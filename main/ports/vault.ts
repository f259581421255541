import type { Result } from '../domain/result.ts';

/** One place where keys are kept, by the account's uid. No call hangs: each ends within its time limit or its signal. */
export type Vault = {
  /** `key-missing` where none is stored, `vault-locked`, `vault-missing`, `wrong-passphrase`. */
  read(uid: string, signal?: AbortSignal): Promise<Result<string>>;
  /** Returns only once a later `read` gives the same key back. */
  write(uid: string, key: string, signal?: AbortSignal): Promise<Result<undefined>>;
  /** Removing what is not there succeeds. */
  remove(uid: string, signal?: AbortSignal): Promise<Result<undefined>>;
  /** Whether it can be used now; `vault-locked` or `vault-missing` with the reason otherwise. */
  probe(signal?: AbortSignal): Promise<Result<undefined>>;
};
