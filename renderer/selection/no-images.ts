import type { QueryTotals } from '../../main/contract/catalogue.ts';

/** What no image comes to. Kept here, as the contract's values bring zod, which a page's policy reports for its probe. */
export const noImages: QueryTotals = { count: 0, bytes: 0, approximate: 0, unknown: 0 };
