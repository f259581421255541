import type { MenuRequest } from '../../../contract/commands/host.ts';

/** Requests that no page has taken yet: one that is loading, or was lost, takes them later. */
export type MenuRequests = {
  add(request: MenuRequest): void;
  take(): readonly MenuRequest[];
};

const maxPending = 20;

/** Calls `added` to notify the page. */
export function createMenuRequests(added: () => void): MenuRequests {
  let pending: readonly MenuRequest[] = [];
  return {
    add(request) {
      // A later search replaces an earlier one.
      const others = request.kind === 'search' ? pending.filter(({ kind }) => kind !== 'search') : pending;
      pending = [...others, request].slice(-maxPending);
      added();
    },
    take() {
      const taken = pending;
      pending = [];
      return taken;
    },
  };
}
