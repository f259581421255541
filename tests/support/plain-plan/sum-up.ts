import type { PlanItem, PlanNote, PlanReason } from '../../../main/domain/plan/plan-types.ts';
import type { Plan } from './plain-types.ts';

export function sumUp(items: readonly PlanItem[]): Plan {
  const totals: Record<PlanReason, number> = {
    new: 0,
    missing: 0,
    changed: 0,
    'failed-before': 0,
    gone: 0,
    compared: 0,
    overwritten: 0,
    'kept-beside': 0,
    'same-name': 0,
    'portable-name': 0,
    saved: 0,
    exists: 0,
    'other-file': 0,
  };
  const notes: Record<PlanNote, number> = { duplicate: 0, gone: 0, 'failed-before': 0, 'portable-name': 0 };
  const bytes = { low: 0, high: 0, unknown: 0 };
  let files = 0;
  for (const item of items) {
    totals[item.reason] += 1;
    for (const note of item.notes) notes[note] += 1;
    if (item.action === 'skip') continue;
    files += 1;
    bytes.low += item.expectedBytes?.low ?? 0;
    bytes.high += item.expectedBytes?.high ?? 0;
    if (item.expectedBytes === null) bytes.unknown += 1;
  }
  return { items, files, bytes, totals, notes };
}
