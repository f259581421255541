import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBudget, isSpent, spend } from '../../main/domain/network/walk-budget.ts';
import { beginWalk, type PageFacts } from '../../main/domain/network/walk.ts';

function facts(totalItems: number, unseen: number): PageFacts {
  const counts = { records: 100, unknown: 0, repeated: 100 - unseen, malformedUnseen: 0, present: 0, malformed: 0 };
  return { page: 1, perPage: 100, totalItems, hasMore: false, unseen, highest: 1, lowest: 1, ...counts };
}

/** Returns how many pages a server can make a sync read; `page` describes each. */
function pagesRead(page: (number: number) => PageFacts, pass: 1 | 2 = 1): number {
  const walk = { ...beginWalk('full', 1), pass };
  let budget = emptyBudget;
  for (let number = 1; number <= 100_000; number += 1) {
    budget = spend(budget, page(number), walk);
    if (isSpent(budget)) return number;
  }
  return Infinity;
}

describe('the pages of one sync', () => {
  it('are at most twice what was said before, and two, where they bring nothing', () => {
    expect(pagesRead(() => facts(250, 0))).toBe(8);
    expect(pagesRead(() => facts(0, 0))).toBe(4);
    expect(pagesRead((number) => facts(150 + number * 100, 0))).toBe(8);
    expect(pagesRead(() => facts(10_000, 100), 2)).toBe(202);
  });

  it('are a hundred more at most where they bring something for ever', () => {
    expect(pagesRead(() => facts(0, 100))).toBe(102);
    expect(pagesRead(() => facts(250, 100))).toBe(106);
    expect(pagesRead((number) => facts(number * 100, 1))).toBe(102);
  });

  it('suffice for a list that is longer than its total, as long as it brings something', () => {
    fc.assert(
      fc.property(fc.nat(9_000), fc.nat(200), (count, announced) => {
        const pages = Math.ceil(count / 100);
        expect(pagesRead((number) => facts(announced, number <= pages ? 100 : 0))).toBeGreaterThan(pages);
      }),
    );
  });

  it('end for every server', () => {
    const page = fc.record({ total: fc.nat(1_000), unseen: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 20 }), (pages) => {
        const read = pagesRead((number) => {
          const { total = 0, unseen = 0 } = pages[number % pages.length] ?? {};
          return facts(total, unseen);
        });
        expect(read).toBeLessThanOrEqual(2 * 10 + 100);
      }),
    );
  });
});
