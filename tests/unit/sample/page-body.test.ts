import { describe, expect, test } from 'vitest';
import { errorBody } from '../../../main/features/sample/server/error-body.ts';
import { pageBody, readPageQuery } from '../../../main/features/sample/server/page-body.ts';
import { documentedError, documentedPage, readFixture } from '../../support/fake-api/fixtures.ts';

describe('the body of a page', () => {
  test('is the documented one to the last byte', () => {
    const documented = JSON.parse(readFixture('page.json'));
    const body = pageBody({
      records: documented.response,
      page: 1,
      perPage: 100,
      totalItems: 10,
      listUrl: 'https://api.questionpro.{{env}}/a/api/v2/users/{{user-id}}/images',
      requestId: documented.requestID,
    });
    expect(body).toBe(readFixture('page.json'));
  });

  test.each([
    { page: 1, total: 250, pages: 3, prev: null, next: 2 },
    { page: 2, total: 250, pages: 3, prev: 1, next: 3 },
    { page: 3, total: 250, pages: 3, prev: 2, next: null },
    { page: 7, total: 250, pages: 3, prev: 6, next: null },
    { page: 1, total: 0, pages: 0, prev: null, next: null },
  ])('links page $page of $total to its neighbours', ({ page, total, pages, prev, next }) => {
    const link = (number: number | null): string | null => {
      return number === null ? null : `http://here/images?page=${number}&perPage=100`;
    };
    const text = pageBody({
      records: [],
      page,
      perPage: 100,
      totalItems: total,
      listUrl: 'http://here/images',
      requestId: 'x',
    });
    expect(JSON.parse(text).pagination).toEqual({
      perPage: 100,
      totalItems: total,
      currentPage: page,
      totalPages: pages,
      links: { self: link(page), prev: link(prev), next: link(next), first: link(1), last: link(Math.max(1, pages)) },
    });
  });
});

describe('the query of a page', () => {
  test.each([
    ['', { page: 1, perPage: 100 }],
    ['page=3&perPage=50', { page: 3, perPage: 50 }],
    ['perPage=5000', { page: 1, perPage: 100 }],
    ['page=0', undefined],
    ['page=-1', undefined],
    ['perPage=0', undefined],
    ['perPage=ten', undefined],
    ['page=1.5', undefined],
    ['page=', undefined],
  ])('%s', (query, expected) => {
    expect(readPageQuery(new URLSearchParams(query))).toEqual(expected);
  });
});

describe('the documented bodies', () => {
  test.each([400, 401, 403, 404, 500] as const)('%i is the same in the product and in the fixtures', (status) => {
    expect(errorBody(status)).toBe(documentedError(status));
    expect(() => JSON.parse(errorBody(status))).toThrow(SyntaxError);
  });

  test('only the origins of the images change in the page', () => {
    const served = documentedPage('http://127.0.0.1:4321');
    expect(served.match(/http:\/\/127\.0\.0\.1:4321\/qp_userimages/g)).toHaveLength(10);
    expect(served.replaceAll('http://127.0.0.1:4321', 'https://www.questionpro.com')).toBe(readFixture('page.json'));
  });
});
