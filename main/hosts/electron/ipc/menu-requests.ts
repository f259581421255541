import type { MenuRequest } from '../../../contract/commands/host.ts';

/** Wishes that no page has taken yet: one that is loading, or was lost, takes them later. */
export type MenuRequests = {
  add(wish: MenuRequest): void;
  take(): readonly MenuRequest[];
};

const mostWaiting = 20;

/** `added` tells the page. */
export function createMenuRequests(added: () => void): MenuRequests {
  let waiting: readonly MenuRequest[] = [];
  return {
    add(wish) {
      // Of two searches the later is meant.
      const others = wish.kind === 'search' ? waiting.filter(({ kind }) => kind !== 'search') : waiting;
      waiting = [...others, wish].slice(-mostWaiting);
      added();
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
