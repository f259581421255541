import { failure } from '../domain/failure.ts';
import type { PlanItem } from '../domain/plan/plan-types.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { absolutePath } from './file-paths.ts';

export type PlannedItem = Pick<PlanItem, 'accountId' | 'id' | 'name' | 'action' | 'reason'> & {
  /** Absolute. */
  readonly path: string | null;
};

/** The newest few plans, for whoever looks through their items. */
export type PlanShelf = {
  keep(destination: string, items: readonly PlanItem[]): number;
  items(handle: number, from: number, to: number): Result<PlannedItem[]>;
};

const mostPlans = 4;

export function createPlanShelf(): PlanShelf {
  const plans = new Map<number, { readonly destination: string; readonly items: readonly PlanItem[] }>();
  let lastHandle = 0;
  return {
    keep(destination, items) {
      plans.set(++lastHandle, { destination, items });
      plans.delete(lastHandle - mostPlans);
      return lastHandle;
    },
    items(handle, from, to) {
      const plan = plans.get(handle);
      if (plan === undefined) return fail(failure('unknown-handle', 'This plan is no longer kept. Plan it again.'));
      return ok(
        plan.items.slice(from, to).map(({ accountId, id, name, relativePath, action, reason }) => {
          const path = relativePath === null ? null : absolutePath(plan.destination, relativePath);
          return { accountId, id, name, path, action, reason };
        }),
      );
    },
  };
}
