import { failure } from '../../domain/failure.ts';
import type { PlanItem, PlanReason } from '../../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { absolutePath } from '../disk/file-paths.ts';

export type PlannedItem = Pick<PlanItem, 'accountId' | 'id' | 'name' | 'action' | 'reason'> & {
  /** Absolute. */
  readonly path: string | null;
};

/** `to` excluded. */
export type ItemRange = { readonly from: number; readonly to: number };

/** The newest few plans, for whoever looks through their items. */
export type PlanShelf = {
  keep(destination: string, items: readonly PlanItem[]): number;
  /** Positions among the items of the reason, where one is given. */
  items(handle: number, range: ItemRange, reason?: PlanReason): Result<PlannedItem[]>;
};

type KeptPlan = {
  readonly destination: string;
  readonly items: readonly PlanItem[];
  /** Worked out when first asked for. */
  readonly byReason: Map<PlanReason, readonly PlanItem[]>;
};

const mostPlans = 4;

export function createPlanShelf(): PlanShelf {
  const plans = new Map<number, KeptPlan>();
  let lastHandle = 0;
  return {
    keep(destination, items) {
      plans.set(++lastHandle, { destination, items, byReason: new Map() });
      plans.delete(lastHandle - mostPlans);
      return lastHandle;
    },
    items(handle, { from, to }, reason) {
      const plan = plans.get(handle);
      if (plan === undefined) return fail(failure('unknown-handle', 'This plan is no longer kept. Plan it again.'));
      return ok(
        itemsOf(plan, reason)
          .slice(from, to)
          .map(({ accountId, id, name, relativePath, action, reason }) => {
            const path = relativePath === null ? null : absolutePath(plan.destination, relativePath);
            return { accountId, id, name, path, action, reason };
          }),
      );
    },
  };
}

function itemsOf({ items, byReason }: KeptPlan, reason: PlanReason | undefined): readonly PlanItem[] {
  if (reason === undefined) return items;
  const found = byReason.get(reason) ?? items.filter((item) => item.reason === reason);
  byReason.set(reason, found);
  return found;
}
