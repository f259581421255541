import { failure } from '../../domain/failure.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Vault } from '../../ports/vault.ts';

/** Keys in this process's memory: gone when it ends. */
export function createSessionVault(): Vault {
  const keys = new Map<string, string>();
  return {
    read(uid) {
      const key = keys.get(uid);
      const missing = 'This session’s memory holds no key for this account. Enter it again.';
      return Promise.resolve(key === undefined ? fail(failure('key-missing', missing)) : ok(key));
    },
    write(uid, key) {
      keys.set(uid, key);
      return Promise.resolve(ok());
    },
    remove(uid) {
      keys.delete(uid);
      return Promise.resolve(ok());
    },
    probe: () => Promise.resolve(ok()),
  };
}
