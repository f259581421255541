import type { VaultStatus } from '../../../main/contract/commands/accounts.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import type { VaultTier } from '../../../main/domain/account/vault-tier.ts';
import type { RpcClient } from '../../client/connect.svelte.ts';
import { unlockFile } from './unlock-file.ts';
import { canChoose, findVaultProblems, passphraseNeed, type VaultProblems } from './vault-rules.ts';

/** Where a key is to be kept: what can be used here, which of it is chosen, and the passphrase that it needs. */
export class VaultChoice {
  statuses = $state.raw<ReadonlyMap<VaultTier, VaultStatus>>(new Map());
  tier = $state.raw<VaultTier | undefined>();
  passphrase = $state('');
  repeated = $state('');
  problems = $state.raw<VaultProblems>({});
  failure = $state.raw<Failure | undefined>();
  /** Whether the keychain has yet to answer. */
  isAsking = $state(false);
  readonly #door: RpcClient;
  readonly #wanted: VaultTier;

  /** `wanted` is taken where it can be used; otherwise nothing is, until the user chooses. */
  constructor(door: RpcClient, wanted: VaultTier) {
    this.#door = door;
    this.#wanted = wanted;
  }

  get status(): VaultStatus | undefined {
    return this.tier === undefined ? undefined : this.statuses.get(this.tier);
  }

  /** The keychain may take its time, so the others are not kept waiting for it. */
  readonly load = async (): Promise<void> => {
    await Promise.all([this.ask(['keychain']), this.ask(['file', 'session'])]);
  };

  async ask(tiers: VaultTier[]): Promise<void> {
    const isKeychain = tiers.includes('keychain');
    if (isKeychain) this.isAsking = true;
    const asked = await this.#door.call('vault.status', { tiers });
    if (isKeychain) this.isAsking = false;
    this.failure = asked.ok ? undefined : asked.error;
    if (!asked.ok) return;
    this.statuses = new Map([...this.statuses, ...asked.value.map((status) => [status.tier, status] as const)]);
    const wanted = this.statuses.get(this.#wanted);
    if (this.tier === undefined && wanted !== undefined && canChoose(wanted)) this.choose(this.#wanted);
  }

  readonly choose = (tier: VaultTier): void => {
    this.tier = tier;
    this.problems = {};
  };

  /** Opens the file where that one is chosen; the tier once a key can be put there, undefined where a problem was found. */
  async prepare(): Promise<VaultTier | undefined> {
    const { status, passphrase } = this;
    this.problems = findVaultProblems(status, this);
    this.failure = undefined;
    if (status === undefined || Object.keys(this.problems).length > 0) return undefined;
    if (passphraseNeed(status) === 'none') return status.tier;
    const { isOpen, problems, failure } = await unlockFile(this.#door, passphrase);
    if (isOpen) return status.tier;
    this.problems = problems;
    // Another process may have made the file meanwhile.
    if (status.isNew) await this.ask(['file']);
    this.failure = failure ?? this.failure;
    return undefined;
  }

  /** Forgets what was typed. */
  clear(): void {
    this.passphrase = '';
    this.repeated = '';
  }
}
