import type { PlanReason } from '../../../main/domain/plan/plan-types.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';

/** How a line of the plan is drawn: fetched as it is, fetched under another name, worth a look, or left out. */
export type PlanTone = 'fetch' | 'rename' | 'look' | 'skip';
type PlanWords = { readonly label: MessageKey; readonly tone: PlanTone };

/** In the order in which they are shown. */
export const planLabel: Readonly<Record<PlanReason, PlanWords>> = {
  new: { label: 'plan.reason.new', tone: 'fetch' },
  missing: { label: 'plan.reason.missing', tone: 'fetch' },
  changed: { label: 'plan.reason.changed', tone: 'fetch' },
  compared: { label: 'plan.reason.compared', tone: 'fetch' },
  'same-name': { label: 'plan.reason.sameName', tone: 'rename' },
  'kept-beside': { label: 'plan.reason.keptBeside', tone: 'rename' },
  'portable-name': { label: 'plan.reason.portableName', tone: 'rename' },
  overwritten: { label: 'plan.reason.overwritten', tone: 'look' },
  'failed-before': { label: 'plan.reason.failedBefore', tone: 'look' },
  gone: { label: 'plan.reason.gone', tone: 'look' },
  saved: { label: 'plan.reason.saved', tone: 'skip' },
  exists: { label: 'plan.reason.exists', tone: 'skip' },
  'other-file': { label: 'plan.reason.otherFile', tone: 'skip' },
};

/** The lines of a plan: what it counts none of is not shown. */
export function planRows(totals: Readonly<Record<PlanReason, number>>) {
  const reasons = Object.keys(planLabel) as PlanReason[];
  return reasons.flatMap((reason) =>
    totals[reason] > 0 ? [{ reason, count: totals[reason], ...planLabel[reason] }] : [],
  );
}

/** The part of a path below the destination; all of it where it is not below. */
export function belowDestination(path: string, destination: string): string {
  const folder = destination.replace(/[\\/]+$/, '');
  return path.startsWith(folder) && /^[\\/]/.test(path.slice(folder.length)) ? path.slice(folder.length + 1) : path;
}

export type Room = 'fits' | 'may-not-fit' | 'does-not-fit' | 'unknown';

/** Whether what is fetched has room, by what is known of the sizes. */
export function roomFor(bytes: { readonly low: number; readonly high: number }, freeBytes: number | null): Room {
  if (freeBytes === null) return 'unknown';
  if (bytes.low > freeBytes) return 'does-not-fit';
  return bytes.high > freeBytes ? 'may-not-fit' : 'fits';
}
