import { expect, test } from 'vitest';
import type { PlanItem, PlanItems, PlanReason } from '../../../main/domain/plan/plan-types.ts';
import { createPlanCache } from '../../../main/features/downloads/plan/plan-cache.ts';
import { must } from '../../support/core.ts';

const item = (id: number, reason: PlanReason): PlanItem => ({
  ...{ accountId: 1, id, name: `${id}.png`, relativePath: `${id}.png`, besidePath: null },
  ...{ action: 'fetch', reason, notes: [], expectedBytes: null },
});
const listOf = (items: readonly PlanItem[], length = items.length): PlanItems => ({
  length,
  at: (index) => items[index] ?? item(index, 'new'),
  reasonOf: (index) => items[index]?.reason ?? 'new',
});
const items = listOf([item(1, 'new'), item(2, 'same-name'), item(3, 'new'), item(4, 'saved'), item(5, 'new')]);

test('items are given by position, of one reason by the position among its own', () => {
  const shelf = createPlanCache();
  const handle = shelf.keep('/out', items);
  const ids = (from: number, to: number, reason?: PlanReason) =>
    must(shelf.items(handle, { from, to }, reason)).map(({ id }) => id);
  expect(ids(1, 3)).toEqual([2, 3]);
  expect(ids(0, 9, 'new')).toEqual([1, 3, 5]);
  expect(ids(1, 2, 'new')).toEqual([3]);
  expect(ids(0, 9, 'gone')).toEqual([]);
});

test('a plan that newer ones displaced is no longer known', () => {
  const shelf = createPlanCache();
  const first = shelf.keep('/out', items);
  for (let plans = 0; plans < 4; plans++) shelf.keep('/out', listOf([]));
  expect(shelf.items(first, { from: 0, to: 1 })).toMatchObject({ ok: false, error: { code: 'unknown-handle' } });
});

test('of plans of a million images only the newest is kept, and is given in pages', () => {
  const shelf = createPlanCache();
  const first = shelf.keep('/out', listOf([], 1_000_000));
  expect(must(shelf.items(first, { from: 999_990, to: 2e6 }))).toHaveLength(10);
  expect(must(shelf.items(first, { from: 0, to: 1e9 }))).toHaveLength(10_000);
  const second = shelf.keep('/out', listOf([], 600_000));
  expect(shelf.items(first, { from: 0, to: 1 })).toMatchObject({ ok: false, error: { code: 'unknown-handle' } });
  expect(must(shelf.items(second, { from: 0, to: 1 }))).toHaveLength(1);
});
