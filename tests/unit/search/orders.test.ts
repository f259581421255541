import { expect, test } from 'vitest';
import { sortKeys } from '../../../main/domain/query/query-tree.ts';
import { appendImage, createTable } from '../../../main/adapters/search/table/image-table.ts';
import { createOrders } from '../../../main/adapters/search/order/orders.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { toIndexed } from '../../support/search-world.ts';

const sorts = sortKeys.flatMap((key) => [true, false].map((descending) => ({ key, descending })));

test('keeps as many orders as memory is meant for, and gives the others all the same', () => {
  const table = createTable(0);
  const image = toIndexed(catalogueImage({ name: 'a.png' }));
  for (let id = 0; id < 6_000; id++) appendImage(table, { ...image, id, firstSeen: id % 7, width: id % 11 }, true);
  const orders = createOrders(table, 200_000);
  const first = sorts.map((sort) => orders.rows(sort).slice(0, 50));
  expect(orders.count()).toBeLessThan(sorts.length);
  expect(orders.isFull()).toBe(true);
  for (const key of ['name', 'id'] as const) expect(orders.has({ key, descending: key === 'id' })).toBe(true);
  expect(sorts.map((sort) => orders.rows(sort).slice(0, 50))).toEqual(first);
});
