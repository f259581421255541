import type {
  DiskEntry,
  Plan as CompactPlan,
  PlanHistory,
  PlanImage,
  PlanItem,
  PlanOrder,
} from '../../../main/domain/plan/plan-types.ts';

export type Plan = Omit<CompactPlan, 'items'> & { readonly items: readonly PlanItem[] };

/** The destination on disk: the entries of a folder under it ('' for itself, else `a/b`). */
export type Disk = { entries(relativeFolder: string): readonly DiskEntry[] };

export type PlanInput = PlanOrder & PlanHistory & { readonly images: Iterable<PlanImage>; readonly disk: Disk };
