import { failure } from '../../domain/failure.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Vault } from '../../ports/vault.ts';

/** Keeps nothing. `write` fails, as success would promise that a later `read` gives the key back. */
export function createNoVault(): Vault {
  const missing = 'No key is kept for this account. Set CONTACT_SHEET_API_KEY for this run.';
  const refused = 'This account keeps no key, so none was stored. Set CONTACT_SHEET_API_KEY for each run.';
  return {
    read: () => Promise.resolve(fail(failure('key-missing', missing))),
    write: () => Promise.resolve(fail(failure('vault-missing', refused))),
    remove: () => Promise.resolve(ok()),
    probe: () => Promise.resolve(ok()),
  };
}
