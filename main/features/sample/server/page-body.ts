/** One record, as the API writes it. Tests put records in that are none. */
export type PageRecord = { readonly imageID: number; readonly imageURL: string; readonly size: string };

export type Page = {
  readonly records: readonly unknown[];
  readonly page: number;
  readonly perPage: number;
  readonly totalItems: number;
  /** Where `links` lead: the list's URL without a query. */
  readonly listUrl: string;
  readonly requestId: string;
};

/** The documented body of a page, to the last blank. */
export function pageBody({ records, page, perPage, totalItems, listUrl, requestId }: Page): string {
  const totalPages = Math.ceil(totalItems / perPage);
  const link = (number: number): string => `${listUrl}?page=${number}&perPage=${perPage}`;
  const pagination = {
    perPage,
    totalItems,
    currentPage: page,
    totalPages,
    links: {
      self: link(page),
      prev: page > 1 ? link(page - 1) : null,
      next: page < totalPages ? link(page + 1) : null,
      first: link(1),
      last: link(Math.max(1, totalPages)),
    },
  };
  return `${JSON.stringify({ response: records, pagination, requestID: requestId }, null, 2)}\n`;
}

export type PageQuery = { readonly page: number; readonly perPage: number };

/** The most that a call lists. */
export const mostPerPage = 100;

/** `page` and `perPage` of a query; undefined where one is no number from 1 on. More than 100 per page are taken as 100. */
export function readPageQuery(query: URLSearchParams, most = mostPerPage): PageQuery | undefined {
  const page = countFrom(query.get('page') ?? '1');
  const perPage = countFrom(query.get('perPage') ?? String(mostPerPage));
  return page === undefined || perPage === undefined ? undefined : { page, perPage: Math.min(most, perPage) };
}

function countFrom(text: string): number | undefined {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return count >= 1 ? count : undefined;
}
