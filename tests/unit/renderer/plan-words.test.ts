import { describe, expect, test } from 'vitest';
import { planReasons, type PlanReason } from '../../../main/domain/plan/plan-types.ts';
import english from '../../../main/messages/en.json' with { type: 'json' };
import { belowDestination, planRows, planLabel, roomFor } from '../../../renderer/transfers/plan/plan-labels.ts';

const none = Object.fromEntries(planReasons.map((reason) => [reason, 0])) as Record<PlanReason, number>;

describe('the lines of a plan', () => {
  test('every reason has words, and no two the same', () => {
    const labels = planReasons.map((reason) => planLabel[reason].label);
    expect(labels.filter((label) => !(label in english))).toEqual([]);
    expect(new Set(labels.map((label) => english[label])).size).toBe(planReasons.length);
  });

  test('only what there is some of is shown, what is fetched before what is skipped', () => {
    const lines = planRows({ ...none, saved: 61, new: 1118, 'same-name': 22 });
    expect(lines.map(({ reason, count }) => [reason, count])).toEqual([
      ['new', 1118],
      ['same-name', 22],
      ['saved', 61],
    ]);
  });
});

test.each([
  ['/data/me/Pictures/a/b.png', '/data/me/Pictures', 'a/b.png'],
  ['/data/me/Pictures/a.png', '/data/me/Pictures/', 'a.png'],
  ['/data/me/Pictures2/a.png', '/data/me/Pictures', '/data/me/Pictures2/a.png'],
  ['C:\\out\\a.png', 'C:\\out', 'a.png'],
  ['/a.png', '/', 'a.png'],
])('%s in %s is shown as %s', (path, destination, shown) => {
  expect(belowDestination(path, destination)).toBe(shown);
});

test.each([
  [{ low: 10, high: 20 }, 30, 'fits'],
  [{ low: 10, high: 40 }, 30, 'may-not-fit'],
  [{ low: 31, high: 40 }, 30, 'does-not-fit'],
  [{ low: 31, high: 40 }, null, 'unknown'],
] as const)('%o with %s bytes free: %s', (bytes, free, room) => {
  expect(roomFor(bytes, free)).toBe(room);
});
