import { expect, test } from 'vitest';
import { orderTarget } from '../../../renderer/transfers/plan/plan-order.ts';

const bySize = { key: 'size', descending: true } as const;

test.each([
  ['sort:name-asc logo', 'sort:size-desc logo'],
  ['', 'sort:size-desc *'],
  [null, 'sort:size-desc'],
])('what was selected of %s is downloaded by its handle, in the order in view', (whole, query) => {
  expect(orderTarget({ selection: 'a-1', whole }, bySize)).toEqual({ query, selection: 'a-1' });
});
