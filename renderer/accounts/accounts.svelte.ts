import type { AccountView } from '../../main/contract/commands/accounts.ts';
import type { VaultTier } from '../../main/domain/account/vault-tier.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import { atMostEvery, coalesce, countsMs } from '../client/coalesce.ts';
import type { Notices } from '../frame/notices.svelte.ts';
import type { NewestSync, SyncFailure, Syncs } from '../syncs/syncs.svelte.ts';
import { isLocked } from './keys/vault-rules.ts';

/** The accounts that are listed, and those whose catalogue was kept. */
export class Accounts {
  list = $state.raw<readonly AccountView[]>([]);
  /** Removed accounts whose images are still here. */
  retired = $state.raw<readonly AccountView[]>([]);
  /** Before that nothing is known of them, so nothing is said of them. */
  isLoaded = $state(false);
  /** By account, the sync whose failure was mended since. */
  #mended = $state.raw<ReadonlyMap<number, number>>(new Map());
  readonly #door: RpcClient;
  readonly #notices: Notices;

  constructor(door: RpcClient, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  listen(): void {
    const follow = atMostEvery(countsMs, () => void this.load());
    this.#door.listen(({ topic }) => {
      if (topic === 'accounts') void this.load();
      if (topic === 'catalogue') follow();
    });
  }

  readonly load = coalesce(async () => {
    const [listed, retired] = await Promise.all([
      this.#door.call('accounts.list', {}),
      this.#door.call('accounts.retired', {}),
    ]);
    if (listed.ok) this.list = listed.value;
    else this.#notices.failed(listed.error);
    if (retired.ok) this.retired = retired.value;
    this.isLoaded ||= listed.ok;
  });

  get(id: number): AccountView | undefined {
    return this.list.find((account) => account.id === id);
  }

  /** Why its latest sync failed, unless that was mended since. */
  failureOf(sync: NewestSync | undefined): SyncFailure | undefined {
    if (sync === undefined || sync.failure === null) return undefined;
    return this.#mended.get(sync.accountId) === sync.syncId ? undefined : sync.failure;
  }

  /** What this sync failed of was mended. */
  mend(sync: NewestSync | undefined): void {
    if (sync !== undefined) this.#mended = new Map(this.#mended).set(sync.accountId, sync.syncId);
  }

  /** The place of these keys is open: whatever failed of its lock was mended. */
  mendLocked(tier: VaultTier, syncs: Pick<Syncs, 'newest'>): void {
    for (const { id } of this.list.filter(({ vault }) => vault === tier)) {
      const sync = syncs.newest(id);
      if (sync?.failure && isLocked(sync.failure.code)) this.mend(sync);
    }
  }
}
