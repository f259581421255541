import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Environment } from '../../helpers/child-environment.ts';
import { startInNode } from '../../helpers/start-in-node.ts';
import type { StartHelper } from '../../../ports/helper.ts';
import type { Vault } from '../../../ports/vault.ts';
import { keychainFailure } from './keychain-failure.ts';
import { askHelper } from './keychain-process.ts';
import type { HelperReply, HelperRequest } from './keychain-protocol.ts';
import { vaultName } from '../vault-name.ts';

export type KeychainVaultOptions = {
  /** What the entries are filed under, beside the account's uid. */
  readonly serviceName: string;
  /** For a whole call, the person's answer to an unlock prompt included. */
  readonly timeoutMs: number;
  /** Where the session bus is found; the keys and passphrases in it go no further. */
  readonly environment: Environment;
  readonly platform: string;
  /** How its helper is started, where this process is no plain Node. */
  readonly startHelper?: StartHelper | undefined;
};

/** The OS keychain: Secret Service, macOS Keychain or Windows Credential Manager. A locked one may prompt, within the limit. */
export function createKeychainVault(options: KeychainVaultOptions): Vault {
  const { serviceName: service, timeoutMs, environment, platform } = options;
  const name = vaultName('keychain', platform);
  const start = options.startHelper ?? startInNode;
  const ask = (request: HelperRequest, signal?: AbortSignal): Promise<HelperReply> =>
    askHelper({ start, environment, request, timeoutMs, signal });
  const settle = (reply: HelperReply): Result<undefined> =>
    reply.outcome === 'done' ? ok() : fail(keychainFailure(reply, name, timeoutMs));
  return {
    async read(uid, signal) {
      const reply = await ask({ service, uid, verb: 'read' }, signal);
      if (reply.outcome === 'key') return ok(reply.key);
      if (reply.outcome !== 'absent') return fail(keychainFailure(reply, name, timeoutMs));
      return fail(failure('key-missing', `No key for this account is in ${name}. Enter it again.`));
    },
    write: async (uid, key, signal) => settle(await ask({ service, uid, verb: 'write', key }, signal)),
    remove: async (uid, signal) => settle(await ask({ service, uid, verb: 'remove' }, signal)),
    probe: async (signal) => settle(await ask({ service, uid: '', verb: 'probe' }, signal)),
  };
}
