import type { QueryTotals } from '../../main/contract/catalogue.ts';

/** What no image comes to. */
export const noImages: QueryTotals = { count: 0, bytes: 0, approximate: 0, unknown: 0 };
