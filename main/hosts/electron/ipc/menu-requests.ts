import type { Wish } from '../../../contract/commands/host.ts';

/** Wishes that no page has taken yet: one that is loading, or was lost, takes them later. */
export type Wishes = {
  add(wish: Wish): void;
  take(): readonly Wish[];
};

const mostWaiting = 20;

/** `added` tells the page. */
export function createWishes(added: () => void): Wishes {
  let waiting: readonly Wish[] = [];
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
