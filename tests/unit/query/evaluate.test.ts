import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../main/domain/text/normalize.ts';
import type { CatalogueImage } from '../../../main/domain/image/image.ts';
import { compilePredicate } from '../../../main/domain/query/compile-predicate.ts';
import { evaluateQuery } from '../../../main/domain/query/evaluate.ts';
import { compileOrder, orderImages } from '../../../main/domain/query/order.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import type { QueryNode } from '../../../main/domain/query/query-tree.ts';
import { namesGone } from '../../../main/domain/query/query-tree.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { arbitraryImage, arbitrarySort, arbitraryTree } from '../../support/query-arbitraries.ts';
import { exampleImages, exampleNow, namesOf } from '../../support/query-library.ts';

const context = { now: exampleNow };
const goneOrNot: QueryNode = {
  kind: 'or',
  children: [
    { kind: 'is', states: ['gone'] },
    { kind: 'not', child: { kind: 'is', states: ['gone'] } },
  ],
};

/** Returns whether the tree itself matches, regardless of gone. */
function matches(tree: QueryNode, image: CatalogueImage): boolean {
  return compilePredicate({ kind: 'and', children: [tree, goneOrNot] }, context)(image);
}

describe('a predicate', () => {
  test('joins and negates what its parts say', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, arbitraryImage, (a, b, image) => {
        expect(matches({ kind: 'and', children: [a, b] }, image)).toBe(matches(a, image) && matches(b, image));
        expect(matches({ kind: 'or', children: [a, b] }, image)).toBe(matches(a, image) || matches(b, image));
        expect(matches({ kind: 'not', child: a }, image)).toBe(!matches(a, image));
      }),
      { numRuns: 500 },
    );
  });

  test('leaves gone images out unless they are named', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryImage, (tree, image) => {
        const expected = matches(tree, image) && (!image.gone || namesGone(tree));
        expect(compilePredicate(tree, context)(image)).toBe(expected);
      }),
    );
  });

  // No query produces these today: the parser reports them as not available yet.
  test.each<[QueryNode, string]>([
    [{ kind: 'word', field: 'tag', values: ['HERO', 'draft'] }, 'old cafe logo'],
    [{ kind: 'word', field: 'tag', values: ['grosse marke'] }, 'logo'],
    [{ kind: 'word', field: 'tag', values: ['her'] }, ''],
    [{ kind: 'has', what: 'tag' }, 'old cafe logo'],
    [{ kind: 'number', field: 'rating', tests: [{ op: '>=', value: 3 }] }, 'logo copy'],
    [{ kind: 'is', states: ['duplicate'] }, 'copy'],
  ])('evaluates %j', (tree, found) => {
    expect(namesOf(exampleImages.filter((image) => matches(tree, image)))).toBe(found);
  });

  test('takes a folded name from its caller', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryImage, (tree, image) => {
        const predicate = compilePredicate(tree, context);
        expect(predicate(image, normalize(image.name))).toBe(predicate(image));
      }),
    );
    const predicate = compilePredicate(parseQuery('logo').tree, context);
    expect(predicate(catalogueImage({ name: 'banner.png' }), 'logo.png')).toBe(true);
  });

  test('measures days by the clock on the wall', () => {
    const start = new Date(2026, 9, 25).getTime();
    const end = new Date(2026, 9, 26).getTime();
    const seen = (firstSeen: number) =>
      compilePredicate(parseQuery('seen:2026-10-25').tree, context)(catalogueImage({ name: 'a', firstSeen }));
    expect([start - 1, start, end - 1, end].map(seen)).toEqual([false, true, true, false]);
  });

  test.each([
    ['1m', new Date(2026, 2, 31, 12), new Date(2026, 1, 28, 12)],
    ['1y', new Date(2024, 1, 29, 12), new Date(2023, 1, 28, 12)],
    ['2d', new Date(2026, 9, 26, 12), new Date(2026, 9, 24, 12)],
    ['48h', new Date(2026, 9, 26, 12), new Date(2026, 9, 24, 13)],
  ])('seen:%s of %s begins at %s', (age, now, from) => {
    const predicate = compilePredicate(parseQuery(`seen:${age}`).tree, { now: now.getTime() });
    const seen = (firstSeen: number) => predicate(catalogueImage({ name: 'a', firstSeen }));
    const start = from.getTime();
    expect([start - 1, start].map(seen)).toEqual([false, true]);
  });
});

describe('an order', () => {
  const images = fc.uniqueArray(arbitraryImage, {
    selector: ({ id, accountId }) => `${id}/${accountId}`,
    maxLength: 25,
  });

  test('is the same whatever the order before, and leaves no two images equal', () => {
    fc.assert(
      fc.property(images, arbitrarySort, fc.infiniteStream(fc.nat()), (list, sort, chance) => {
        const ordered = orderImages(list, sort);
        const shuffled = list
          .map((image) => ({ image, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ image }) => image);
        expect(orderImages(shuffled, sort)).toEqual(ordered);
        const compare = compileOrder(sort);
        expect(shuffled.toSorted(compare)).toEqual(ordered);
        for (const [index, image] of ordered.entries()) {
          const next = ordered[index + 1];
          if (next) expect(compare(image, next)).toBeLessThan(0);
        }
      }),
    );
  });

  test('has unknown sizes and widths last in both directions', () => {
    fc.assert(
      fc.property(images, fc.boolean(), (list, descending) => {
        const bySize = orderImages(list, { key: 'size', descending });
        const byWidth = orderImages(list, { key: 'width', descending });
        expectUnknownLast(bySize.map((image) => image.exactBytes ?? image.nominalBytes));
        expectUnknownLast(byWidth.map((image) => image.width));
      }),
    );
  });
});

function expectUnknownLast(values: readonly (number | null)[]): void {
  const known = values.filter((value) => value !== null);
  expect(values.slice(0, known.length)).toEqual(known);
}

test('evaluating changes nothing of what it is given', () => {
  const images = Object.freeze([catalogueImage({ name: 'a', id: 1 }), catalogueImage({ name: 'b', id: 2 })]);
  expect(evaluateQuery(parseQuery(''), images, context).map((image) => image.id)).toEqual([2, 1]);
});
