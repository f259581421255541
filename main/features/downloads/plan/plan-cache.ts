import { failure } from '../../../domain/failure.ts';
import type { PlanItem, PlanItems, PlanReason } from '../../../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { absolutePath } from '../disk/file-paths.ts';

export type PlannedItem = Pick<PlanItem, 'accountId' | 'id' | 'name' | 'action' | 'reason'> & {
  /** Absolute. */
  readonly path: string | null;
};

/** `to` excluded. */
export type ItemRange = { readonly from: number; readonly to: number };

/** The newest few plans, for whoever looks through their items. */
export type PlanCache = {
  keep(destination: string, items: PlanItems): number;
  /** Positions among the items of the reason, where one is given; at most 10,000 of them. */
  items(handle: number, range: ItemRange, reason?: PlanReason): Result<PlannedItem[]>;
};

type KeptPlan = {
  readonly destination: string;
  readonly items: PlanItems;
  /** Positions, found when they are first asked for. */
  readonly byReason: Map<PlanReason, Uint32Array>;
};

const mostPlans = 4;
/** All that are kept hold no more items together, but for the newest, which is kept in any case. */
const mostItems = 1_000_000;
/** Of one answer. */
const mostRows = 10_000;

export function createPlanCache(): PlanCache {
  const plans = new Map<number, KeptPlan>();
  let lastHandle = 0;
  const letGo = (): void => {
    const sum = (): number => [...plans.values()].reduce((items, plan) => items + plan.items.length, 0);
    for (const handle of plans.keys()) {
      if (handle === lastHandle || (plans.size <= mostPlans && sum() <= mostItems)) return;
      plans.delete(handle);
    }
  };
  return {
    keep(destination, items) {
      plans.set(++lastHandle, { destination, items, byReason: new Map() });
      letGo();
      return lastHandle;
    },
    items(handle, { from, to }, reason) {
      const plan = plans.get(handle);
      if (plan === undefined) return fail(failure('unknown-handle', 'This plan is no longer kept. Plan it again.'));
      const positions = reason === undefined ? undefined : positionsOf(plan, reason);
      const end = Math.min(to, positions?.length ?? plan.items.length, from + mostRows);
      const length = Math.max(0, end - from);
      return ok(
        Array.from({ length }, (_, index) => {
          const { relativePath, ...item } = plan.items.at(positions?.[from + index] ?? from + index);
          const path = relativePath === null ? null : absolutePath(plan.destination, relativePath);
          const { accountId, id, name, action } = item;
          return { accountId, id, name, path, action, reason: item.reason };
        }),
      );
    },
  };
}

function positionsOf({ items, byReason }: KeptPlan, reason: PlanReason): Uint32Array {
  const known = byReason.get(reason);
  if (known !== undefined) return known;
  const found = new Uint32Array(items.length);
  let count = 0;
  for (let index = 0; index < items.length; index++) if (items.reasonOf(index) === reason) found[count++] = index;
  const positions = found.slice(0, count);
  byReason.set(reason, positions);
  return positions;
}
