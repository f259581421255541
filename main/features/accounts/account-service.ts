import { randomUUID } from 'node:crypto';
import { type Account, type AccountKind, accountColours } from '../../domain/account/account.ts';
import { isSameAccountName } from '../../domain/account/account-name.ts';
import { sampleOrigin } from '../../domain/account/data-centre.ts';
import { failure } from '../../domain/failure.ts';
import { isUsableKey, unusableKey } from '../../domain/account/pasted-account.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { VaultTier } from '../../domain/account/vault-tier.ts';
import { askedPerPage, pageSize } from '../../domain/network/walk.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Vault } from '../../ports/vault.ts';
import type { ApiPage } from '../../adapters/remote/api/api-page.ts';
import type { Gate } from '../../adapters/remote/gate.ts';
import type { AccountChange, AccountStore, StoredAccount } from '../../adapters/storage/stores/account-store.ts';
import { inTimeSlices } from '../../adapters/storage/database/time-slices.ts';

export type AccountDeps = {
  readonly store: AccountStore;
  readonly vaultOf: (tier: VaultTier) => Vault;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly changed: () => void;
  /** Every key that comes or goes is told first, so that no log repeats it. */
  readonly knowKey: (key: string) => void;
};

export type NewAccountInput = {
  readonly name: string;
  /** A clean origin (data-centre.ts). */
  readonly origin: string;
  readonly userId: string;
  /** Absent only with the vault `none`. */
  readonly key?: string | undefined;
  readonly vault: VaultTier;
  readonly colour?: string | undefined;
};

export type ConnectionTest = {
  /** Images in the library. */
  readonly total: number;
  /** Calls that a first sync will cost. */
  readonly calls: number;
};

export type Removal = { readonly catalogue: 'keep' | 'delete'; readonly leaveKey: boolean };

export type AccountService = {
  list(): readonly StoredAccount[];
  get(id: number): Result<StoredAccount>;
  /** Stores without a call. The key is in the vault before the account is listed. */
  add(input: NewAccountInput): Promise<Result<StoredAccount>>;
  addSample(name: string, count: number): Result<StoredAccount>;
  change(id: number, change: Omit<AccountChange, 'vault'>): Result<StoredAccount>;
  /** Puts a new key where the account's key is kept, or into another tier. */
  setKey(id: number, key: string, vault?: VaultTier): Promise<Result<undefined>>;
  /** For this process only, before any vault is asked. */
  lendKey(id: number, key: string): Result<undefined>;
  /**
   * The key goes at once, unless it is to be left where it is; what is known of its images is kept or goes too. Also
   * takes a removed account whose catalogue was kept.
   */
  remove(id: number, removal: Removal): Promise<Result<undefined>>;
  retired(): readonly StoredAccount[];
  keyOf(account: Account, signal?: AbortSignal): Promise<Result<string>>;
  /** One call. With `key`, tests that one instead of the stored. */
  test(target: Pick<Account, 'origin' | 'userId'>, key: string, signal: AbortSignal): Promise<Result<ConnectionTest>>;
};

export function createAccountService(deps: AccountDeps): AccountService {
  const { store, vaultOf } = deps;
  const lent = new Map<number, string>();
  const get = (id: number): Result<StoredAccount> => {
    const account = store.list().find((one) => one.id === id);
    return account === undefined ? fail(unknownAccount()) : ok(account);
  };
  return {
    list: store.list,
    retired: store.retired,
    get,
    add(input) {
      if (input.key !== undefined) deps.knowKey(input.key);
      return add(deps, input);
    },
    addSample: (name, count) => addSample(deps, name, count),
    change(id, change) {
      const found = get(id);
      if (!found.ok) return found;
      if (!store.change(id, change)) return fail(nameTaken(change.name ?? ''));
      deps.changed();
      return get(id);
    },
    async setKey(id, key, vault) {
      deps.knowKey(key);
      const account = get(id);
      const stored = account.ok ? await storeKey(deps, account.value, key, vault) : account;
      if (stored.ok) lent.delete(id);
      return stored;
    },
    lendKey(id, key) {
      if (!isUsableKey(key)) return fail(unusableKey());
      deps.knowKey(key);
      lent.set(id, key);
      return ok();
    },
    async remove(id, removal) {
      const removed = await remove(deps, id, removal);
      if (removed.ok) lent.delete(id);
      return removed;
    },
    async keyOf(account, signal) {
      if (account.kind === 'sample') return ok('sample');
      const key = lent.get(account.id);
      if (key !== undefined) return ok(key);
      const read = await vaultOf(account.vault).read(account.uid, signal);
      if (read.ok) deps.knowKey(read.value);
      return read;
    },
    async test({ origin, userId }, key, signal) {
      if (!isUsableKey(key)) return fail(unusableKey());
      deps.knowKey(key);
      const first = { origin, userId, key, page: 1, perPage: askedPerPage };
      const page = await deps.gate.page(first, { signal, once: true });
      return page.ok ? ok(costOf(page.value)) : page;
    },
  };
}

function costOf({ totalItems, perPage, images, malformed }: ApiPage): ConnectionTest {
  const size = pageSize(perPage, images.length + malformed.length);
  return { total: totalItems, calls: Math.max(1, Math.ceil(totalItems / size)) };
}

async function add(deps: AccountDeps, input: NewAccountInput): Promise<Result<StoredAccount>> {
  const { store, vaultOf } = deps;
  const existing = store.list();
  if (input.key !== undefined && !isUsableKey(input.key)) return fail(unusableKey());
  const account = newAccount(input, existing.length, 'questionpro');
  if (isTaken(existing, input.name)) return fail(nameTaken(input.name));
  const vault = vaultOf(input.vault);
  if (input.key !== undefined && input.vault !== 'none') {
    const written = await vault.write(account.uid, input.key);
    if (!written.ok) return written;
  }
  const added =
    store.revive({ ...account, sampleCount: 0 }) ?? store.add({ ...account, sampleCount: 0 }, deps.clock.now());
  if (added === undefined) {
    await vault.remove(account.uid);
    return fail(nameTaken(input.name));
  }
  deps.changed();
  return ok(added);
}

async function remove(
  { store, vaultOf, clock, changed }: AccountDeps,
  id: number,
  { catalogue, leaveKey }: Removal,
): Promise<Result<undefined>> {
  const listed = store.list().find((account) => account.id === id);
  if (listed === undefined && store.retired().every((account) => account.id !== id)) return fail(unknownAccount());
  // The key of one that was removed before went then.
  const removed = listed === undefined || leaveKey ? ok() : await vaultOf(listed.vault).remove(listed.uid);
  if (!removed.ok) return removed;
  if (catalogue === 'keep') store.retire(id, clock.now());
  // It is gone with the first turn.
  const erased = catalogue === 'delete' ? inTimeSlices(store.erase(id)) : undefined;
  changed();
  await erased;
  return ok();
}

async function storeKey(
  { store, vaultOf, changed }: AccountDeps,
  account: StoredAccount,
  key: string,
  tier: VaultTier = account.vault,
): Promise<Result<undefined>> {
  if (!isUsableKey(key)) return fail(unusableKey());
  const written = await vaultOf(tier).write(account.uid, key);
  if (!written.ok) return written;
  if (tier === account.vault) return ok();
  // The account names the new place before the old one is emptied: a kill between the two leaves a key too many, not none.
  store.change(account.id, { vault: tier });
  changed();
  return vaultOf(account.vault).remove(account.uid);
}

function addSample(deps: AccountDeps, name: string, sampleCount: number): Result<StoredAccount> {
  const { store, clock } = deps;
  const existing = store.list();
  const input = { name, origin: sampleOrigin, userId: '', vault: 'none' } as const;
  const account = { ...newAccount(input, existing.length, 'sample'), sampleCount };
  const added = isTaken(existing, name) ? undefined : (store.revive(account) ?? store.add(account, clock.now()));
  if (added === undefined) return fail(nameTaken(name));
  deps.changed();
  return ok(added);
}

function isTaken(accounts: readonly Account[], name: string): boolean {
  return accounts.some((account) => isSameAccountName(account.name, name));
}

function newAccount(input: NewAccountInput, position: number, kind: AccountKind): Omit<Account, 'id'> {
  const { name, origin, userId, vault } = input;
  const colour = input.colour ?? accountColours[position % accountColours.length] ?? '#5b6cf0';
  return { uid: randomUUID(), name, kind, origin, userId, colour, vault };
}

function unknownAccount() {
  return failure(
    'unknown-account',
    'There is no such account. `contact-sheet accounts list` shows the ones there are.',
  );
}

function nameTaken(name: string) {
  return failure(
    'name-taken',
    `There is an account called “${name}” already. Choose another name, or remove that one first.`,
  );
}
