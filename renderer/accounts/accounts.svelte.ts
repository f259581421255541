import type { AccountView } from '../../main/contract/accounts.ts';
import type { Door } from '../client/connect.svelte.ts';
import { coalesce } from '../client/coalesce.ts';
import type { Notices } from '../frame/notices.svelte.ts';

/** The accounts that are listed, and those whose catalogue was kept. */
export class Accounts {
  list = $state.raw<readonly AccountView[]>([]);
  /** Before that nothing is known of them, so nothing is said of them. */
  isLoaded = $state(false);
  readonly #door: Door;
  readonly #notices: Notices;

  constructor(door: Door, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  listen(): void {
    this.#door.listen(({ topic }) => {
      if (topic === 'accounts' || topic === 'catalogue') void this.load();
    });
  }

  readonly load = coalesce(async () => {
    const listed = await this.#door.call('accounts.list', {});
    if (listed.ok) this.list = listed.value;
    else this.#notices.failed(listed.error);
    this.isLoaded ||= listed.ok;
  });

  get(id: number): AccountView | undefined {
    return this.list.find((account) => account.id === id);
  }
}
