import { broughtBy, type PageFacts, type Walk } from './walk.ts';

/** Pages read by one sync, and how many of them its cost allows for. */
export type WalkBudget = {
  readonly pages: number;
  /** Pages of the list, by the total on the first page that this sync has read. */
  readonly announced: number;
  /** Pages of the first pass that brought something. */
  readonly useful: number;
};

export const emptyBudget: WalkBudget = { pages: 0, announced: 0, useful: 0 };

/** Pages beyond twice the cost that was said before: for a first page read again over what moved meanwhile. */
const spare = 2;
/** Pages that a list may bring beyond twice what it announced; the next sync goes on from there. */
const mostUnannounced = 100;

export function spend({ pages, announced, useful }: WalkBudget, facts: PageFacts, walk: Walk): WalkBudget {
  return {
    pages: pages + 1,
    announced: pages === 0 ? Math.max(1, Math.ceil(facts.totalItems / walk.perPage)) : announced,
    useful: useful + (walk.pass === 1 && broughtBy(facts) > 0 ? 1 : 0),
  };
}

/** Returns whether a sync has read twice as many pages as its list has, as announced or as brought so far. */
export function isSpent({ pages, announced, useful }: WalkBudget): boolean {
  return pages >= Math.min(2 * Math.max(announced, useful) + spare, 2 * announced + mostUnannounced);
}
