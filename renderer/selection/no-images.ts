import type { QueryTotals, SelectionTotals } from '../../main/contract/commands/catalogue.ts';

/** The totals of no image. */
export const noImages: QueryTotals = { count: 0, bytes: 0, approximate: 0, unknown: 0 };
export const nothingSelected: SelectionTotals = { ...noImages, lost: 0 };
