import type { accountCommands, AccountView } from '../../contract/commands/accounts.ts';
import type { Handlers } from '../../contract/command.ts';
import { dataCentreOf } from '../../domain/account/data-centre.ts';
import { failure } from '../../domain/failure.ts';
import { cleanKey } from '../../domain/account/pasted-account.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { VaultTier } from '../../domain/account/vault-tier.ts';
import type { Vault } from '../../ports/vault.ts';
import type { StoredAccount } from '../../adapters/storage/stores/account-store.ts';
import type { AccountService } from './account-service.ts';

export type AccountCommandDeps = {
  readonly accounts: AccountService;
  readonly vaultOf: (tier: VaultTier) => Vault;
  readonly vaultName: (tier: VaultTier) => string;
  /** The file encrypted with a passphrase. */
  readonly vaultFile: {
    unlock(passphrase: string, signal: AbortSignal): Promise<Result<undefined>>;
    isMade(): Promise<boolean>;
    setAside(signal: AbortSignal): Promise<Result<undefined>>;
  };
  readonly imagesOf: (accountId: number) => number;
  readonly syncedAt: (accountId: number) => number | undefined;
  /** Ends its sync in this process and holds off others, until released; `busy` where another process syncs it. */
  readonly settle: (accountId: number) => Promise<Result<{ release(): void }>>;
  /** What is kept of its images elsewhere goes too. */
  readonly erased: (accountId: number) => Promise<void>;
  readonly signal: AbortSignal;
};

export function createAccountCommands(deps: AccountCommandDeps): Handlers<typeof accountCommands> {
  const { accounts, signal } = deps;
  const view = (account: StoredAccount): AccountView => toView(deps, account);
  const viewed = (account: Result<StoredAccount>) => (account.ok ? ok(view(account.value)) : account);
  return {
    'accounts.list': () => ok(accounts.list().map(view)),
    'accounts.retired': () => ok(accounts.retired().map(view)),
    async 'accounts.add'({ datacenter, key, ...input }) {
      if (key === undefined && input.vault !== 'none') {
        return fail(failure('bad-input', 'key: wants the API key of the account.'));
      }
      const cleaned = key === undefined ? {} : { key: cleanKey(key) };
      return viewed(await accounts.add({ ...input, origin: datacenter, ...cleaned }));
    },
    'accounts.change': ({ id, name, colour }) =>
      viewed(
        accounts.change(id, {
          ...(name === undefined ? {} : { name }),
          ...(colour === undefined ? {} : { colour }),
        }),
      ),
    'accounts.setKey': ({ id, key, vault }) => accounts.setKey(id, cleanKey(key), vault),
    'accounts.lendKey': ({ id, key }) => accounts.lendKey(id, cleanKey(key)),
    async 'accounts.test'(target) {
      if ('key' in target) {
        const { datacenter, userId, key } = target;
        return accounts.test({ origin: datacenter, userId }, cleanKey(key), signal);
      }
      const account = accounts.get(target.id);
      if (!account.ok) return account;
      const key = await accounts.keyOf(account.value, signal);
      return key.ok ? accounts.test(account.value, key.value, signal) : key;
    },
    async 'accounts.remove'({ id, catalogue, leaveKey }) {
      const settled = await deps.settle(id);
      if (!settled.ok) return settled;
      try {
        const removed = await accounts.remove(id, { catalogue, leaveKey });
        if (removed.ok && catalogue === 'delete') await deps.erased(id);
        return removed.ok && leaveKey ? await leaveKeyFile(deps) : removed;
      } finally {
        settled.value.release();
      }
    },
    async 'vault.status'({ tiers }) {
      return ok(await Promise.all(tiers.map((tier) => statusOf(deps, tier))));
    },
    'vault.unlock': ({ passphrase }) => deps.vaultFile.unlock(passphrase, signal),
    'sample.add': ({ name, count }) => viewed(accounts.addSample(name, count)),
  };
}

/** A file that holds nothing but keys left behind makes way for a new one, whose passphrase is known. */
async function leaveKeyFile({ accounts, vaultFile, signal }: AccountCommandDeps): Promise<Result<undefined>> {
  const isUsed = accounts.list().some(({ vault }) => vault === 'file');
  return isUsed || !(await vaultFile.isMade()) ? ok() : vaultFile.setAside(signal);
}

async function statusOf({ vaultOf, vaultName, vaultFile, signal }: AccountCommandDeps, tier: VaultTier) {
  const probe = await vaultOf(tier).probe(signal);
  const problem = probe.ok ? null : probe.error;
  const isNew = tier === 'file' && !(await vaultFile.isMade());
  return { tier, name: vaultName(tier), usable: problem === null, failure: problem, isNew };
}

function toView({ imagesOf, syncedAt, vaultName }: AccountCommandDeps, account: StoredAccount): AccountView {
  const { id, name, kind, origin, userId, colour, vault } = account;
  const where = { datacenter: dataCentreOf(origin), origin, userId };
  return {
    id,
    name,
    kind,
    ...where,
    colour,
    vault,
    vaultName: vaultName(vault),
    images: imagesOf(id),
    syncedAt: syncedAt(id) ?? null,
  };
}
