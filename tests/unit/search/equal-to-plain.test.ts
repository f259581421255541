import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CatalogueImage } from '../../../main/domain/image/image.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import type { QueryNode, Sort } from '../../../main/domain/query/query-tree.ts';
import { sortKeys } from '../../../main/domain/query/query-tree.ts';
import type { ImageSet, SelectionChange } from '../../../main/domain/image/selection.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { must } from '../../support/core.ts';
import { arbitrarySort, arbitraryTree } from '../../support/query-arbitraries.ts';
import { queryExamples } from '../../support/query-examples.ts';
import { exampleImages } from '../../support/query-library.ts';
import { createWorld, oddParts, someImages, type SearchWorld } from '../../support/search-world.ts';

/** The sizes of the comparison; `npm run equality` uses much larger ones. */
const queries = Number(process.env['CONTACT_SHEET_SEARCH_QUERIES'] ?? 400);
const changes = Number(process.env['CONTACT_SHEET_SEARCH_CHANGES'] ?? 100);
const rows = Number(process.env['CONTACT_SHEET_SEARCH_ROWS'] ?? 1500);
const patienceMs = 30_000 + ((queries + 4 * changes) * rows) / 100;

/** Parts of existing names, as users type them. */
const words = fc.constantFrom(
  ...[
    'i',
    'im',
    'img',
    'IMG_1',
    'a',
    'b',
    'ab',
    '1',
    '10',
    '(1)',
    '.jpg',
    'png',
    'logo',
    'anner',
    'é',
    'ß',
    'ss',
    '日',
    '😀',
  ],
  ...['\ud83d', '\ude00', '00', 'photo', 'zzz', ' '],
  ...oddParts,
);
const tree = fc.oneof(
  arbitraryTree,
  words.map((text): QueryNode => ({ kind: 'text', text })),
  fc
    .array(words, { minLength: 2, maxLength: 4 })
    .map((parts): QueryNode => ({ kind: 'wildcard', pattern: parts.join('*') })),
  fc
    .constantFrom('がん|かん', 'a.b', '[–-]', '`', '  ', '=', 'й', '\\u202f', '^２', '\\.png$')
    .map((source): QueryNode => {
      return { kind: 'pattern', source };
    }),
  fc.tuple(words, arbitraryTree).map(([text, other]): QueryNode => {
    return { kind: 'and', children: [{ kind: 'text', text }, other] };
  }),
);
const query = fc.record({ tree, sort: fc.option(arbitrarySort) });

async function expectSame(world: SearchWorld, asked: { tree: QueryNode; sort: Sort | null }) {
  const parsed = { ...asked, mistakes: [] };
  const [one, other] = [must(await world.plain.query(parsed)), must(await world.index.query(parsed))];
  expect(other.totals).toEqual(one.totals);
  const { count } = one.totals;
  const expected = must(await world.plain.keys(one.handle, 0, count));
  expect(must(await world.index.keys(other.handle, 0, count + 5))).toEqual(expected);
  const from = Math.floor(count / 3);
  expect(must(await world.index.keys(other.handle, from, from + 7))).toEqual(expected.slice(from, from + 7));
  const key = expected[from];
  if (key !== undefined) expect(must(await world.index.position(other.handle, key))).toBe(from);
  expect(must(await world.index.scale(other.handle, 5))).toEqual(must(await world.plain.scale(one.handle, 5)));
  world.plain.release(one.handle);
  world.index.release(other.handle);
}

describe('the index', () => {
  test.each(queryExamples)('gives for $query what is written down', async ({ query: text }) => {
    await expectSame(createWorld(exampleImages), parseQuery(text));
  });

  test('gives what the plain evaluation gives', { timeout: patienceMs }, async () => {
    const world = createWorld(someImages(rows, 7));
    await fc.assert(
      fc.asyncProperty(query, (asked) => expectSame(world, asked)),
      { numRuns: queries },
    );
  });

  test('orders everything as the plain evaluation does', async () => {
    const world = createWorld(someImages(3000, 8));
    const odd = { accountId: 1, account: 'Account 1' };
    world.put([
      catalogueImage({ ...odd, id: 200_001, name: `${'long '.repeat(14_000)}9.png`, width: 100_000, height: 65_535 }),
      catalogueImage({ ...odd, id: 200_002, name: `${'long '.repeat(14_000)}10.png`, width: 65_536, height: 0 }),
    ]);
    const known = someImages(9, 13).map((image, index) => ({
      ...image,
      ...odd,
      id: index % 2 === 0 ? -1 - index : 2 ** 40 + index,
    }));
    world.put(known);
    for (const text of ['width:>=65536', 'height:0', 'height:65535', '9.png', 'height:<5', '-height:<70000']) {
      await expectSame(world, parseQuery(text));
    }
    for (const key of sortKeys) {
      for (const descending of [true, false])
        await expectSame(world, { tree: { kind: 'all' }, sort: { key, descending } });
    }
  });

  test('lists names anew where many are new', async () => {
    const known = someImages(9000, 11);
    const world = createWorld(known);
    const texts = ['qz', 'jq', 'zx9', 'img', 'é', 'x*q', '日本'];
    for (const text of texts) await expectSame(world, parseQuery(text));
    for (const [round, count] of [40, 1500, 3000].entries()) {
      world.put(known.slice(0, count).map((image) => ({ ...image, name: `qz ${image.name} ${round}` })));
      world.put(
        someImages(count, 12 + round).map((image) => ({
          ...image,
          id: image.id + 10_000_000,
          name: `jq zx9 ${image.name}`,
        })),
      );
      for (const text of texts) await expectSame(world, parseQuery(text));
    }
  });

  test('goes along with changes', { timeout: patienceMs }, async () => {
    const world = createWorld(someImages(rows, 9));
    const change = fc.record({
      seed: fc.integer(),
      put: fc.integer({ min: 0, max: 60 }),
      remove: fc.integer({ min: 0, max: 30 }),
      rare: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'erase', 'overflow'),
      asked: query,
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ seed, put, remove, rare, asked }) => {
        const known = world.images();
        const at = (index: number) => known[(Math.abs(seed) + index * 31) % Math.max(1, known.length)];
        world.remove(Array.from({ length: remove }, (_, index) => at(index)).filter((image) => image !== undefined));
        world.put(someImages(put, seed).map((image, index) => mixed(image, index % 2 === 0 ? at(index) : undefined)));
        if (rare === 'erase') world.eraseAccount(2);
        if (rare === 'overflow') world.overflow();
        await expectSame(world, asked);
        await expectSame(world, { ...asked, tree: { kind: 'all' } });
      }),
      { numRuns: changes },
    );
  });

  test(
    'selects what the plain evaluation selects, whatever becomes of the images',
    { timeout: patienceMs },
    async () => {
      const world = createWorld(someImages(600, 10));
      const others = someImages(600, 11);
      const keys = fc.constantFrom(...world.images().map(({ accountId, id }) => ({ accountId, id })), {
        accountId: 3,
        id: 1,
      });
      const texts = fc.constantFrom(
        '',
        'img',
        'sort:name',
        'sort:size-desc logo',
        '-a',
        'is:gone',
        'name:/1/',
        'seen:7d',
        'zzz',
      );
      const position = fc.integer({ min: 0, max: 400 });
      const step = fc.record({
        how: fc.constantFrom('add', 'remove', 'flip'),
        text: texts,
        what: fc.oneof(
          fc.record({ kind: fc.constant('images' as const), images: fc.array(keys, { maxLength: 5 }) }),
          fc.record({ kind: fc.constant('query' as const), query: texts }),
          fc.record({ kind: fc.constant('span' as const), from: keys, to: keys }),
          fc.record({ kind: fc.constant('positions' as const), from: position, to: position }),
        ),
        rare: fc.constantFrom('none', 'none', 'none', 'change', 'change', 'overflow'),
        seed: fc.integer(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 4 }), async (steps) => {
          let pair: Pair = [null, null];
          for (const { rare, seed, ...asked } of steps) {
            pair = await expectSameSelection(world, pair, asked);
            if (rare === 'none') continue;
            const known = world.images();
            const at = (index: number) => known[(Math.abs(seed) + index * 31) % Math.max(1, known.length)];
            const put = Array.from({ length: 20 }, (_, index) => others[(Math.abs(seed) + index * 7) % others.length]);
            world.put(put.flatMap((image, index) => (image === undefined ? [] : [mixed(image, at(index))])));
            world.remove([at(1), at(2)].filter((image) => image !== undefined));
            if (rare === 'overflow') world.overflow();
          }
          await expectSameMembers(world, pair, steps.at(-1)?.text ?? '');
        }),
        { numRuns: Math.ceil(queries / 4) },
      );
    },
  );
});

/** The selection's handles in the plain engine and in the index. */
type Pair = readonly [string | null, string | null];
type WithoutHandle<S> = S extends { readonly handle: number } ? Omit<S, 'handle'> : S;
type Asked = {
  readonly how: SelectionChange['how'];
  readonly text: string;
  readonly what: WithoutHandle<ImageSet>;
};

async function expectSameSelection(world: SearchWorld, [one, other]: Pair, { how, text, what }: Asked): Promise<Pair> {
  const results = [must(await world.plain.query(parseQuery(text))), must(await world.index.query(parseQuery(text)))];
  const [plain, index] = results.map(({ handle }): ImageSet =>
    what.kind === 'positions' || what.kind === 'span' ? { ...what, handle } : what,
  );
  if (plain === undefined || index === undefined) throw new Error('No results');
  const expected = must(await world.plain.select({ selection: one, how, what: plain }));
  const selected = must(await world.index.select({ selection: other, how, what: index }));
  expect({ ...selected, selection: '' }).toEqual({ ...expected, selection: '' });
  const pair = [expected.selection, selected.selection] as const;
  return pair;
}

async function expectSameMembers(world: SearchWorld, [one, other]: Pair, text: string) {
  if (one === null || other === null) return;
  expect(must(await world.index.measure(other))).toEqual(must(await world.plain.measure(one)));
  const parsed = parseQuery(text);
  const [plain, index] = [must(await world.plain.query(parsed)), must(await world.index.query(parsed))];
  const range = { from: 10, to: 60 };
  const marks = must(await world.plain.marks(plain.handle, range, one));
  expect(must(await world.index.marks(index.handle, range, other))).toEqual(marks);
  const all = must(await world.index.all({ query: text, selection: other }));
  expect(all).toEqual(must(await world.plain.all({ query: text, selection: one })));
}

/** Changes some fields of an existing image, or returns a new one. */
function mixed(image: CatalogueImage, known: CatalogueImage | undefined): CatalogueImage {
  if (known === undefined) return image;
  const { id, accountId, account } = known;
  const fields = image.gone ? image : { ...image, name: known.name, ext: known.ext };
  return { ...fields, id, accountId, account };
}
