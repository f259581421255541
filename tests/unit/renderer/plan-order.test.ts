import { expect, test } from 'vitest';
import { changeImages, selectImages, selectResult } from '../../../main/domain/selection.ts';
import { orderTarget } from '../../../renderer/transfers/plan-order.ts';

const bySize = { key: 'size', descending: true } as const;
const image = { accountId: 1, id: 7 };

test('a whole result is ordered as its query, under the order in view', () => {
  expect(orderTarget(selectResult('sort:name-asc logo'), bySize)).toEqual({
    query: 'sort:size-desc logo',
    selection: null,
  });
});

test('what was chosen by hand keeps its selection, and the query is the order alone', () => {
  const selection = selectImages([image]);
  expect(orderTarget(selection, bySize)).toEqual({ query: 'sort:size-desc', selection });
});

test('a result with exceptions is no whole result', () => {
  const selection = changeImages(selectResult('logo'), 'remove', [image]);
  expect(orderTarget(selection, bySize).selection).toEqual(selection);
});
