import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalize } from '../../../main/domain/text/normalize.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { compilePattern } from '../../../main/domain/query/pattern/pattern.ts';
import { requiredTexts } from '../../../main/adapters/search/evaluate/pattern-texts.ts';
import { countImages } from '../../support/count-images.ts';
import { must } from '../../support/core.ts';
import { createWorld, someImages } from '../../support/search-world.ts';

/** Creates a clock that advances by `stepMs` with each reading. */
function slowClock(stepMs: number): () => number {
  let now = 0;
  return () => (now += stepMs);
}

describe('regular expressions over all names', () => {
  test('are stopped when they take too long, and said to be, while others are answered', async () => {
    const world = createWorld(someImages(900, 3), { elapsedMs: slowClock(200) });
    const order: string[] = [];
    const slow = world.index.query(parseQuery('name:/([ab1])+[xyz]/')).then((answer) => {
      order.push('slow');
      return answer;
    });
    const quick = world.index.query(parseQuery('img')).then((answer) => {
      order.push('quick');
      return answer;
    });
    expect((await quick).ok).toBe(true);
    expect(await slow).toMatchObject({ ok: false, error: { code: 'query-mistake' } });
    expect(order).toEqual(['quick', 'slow']);
    expect(await countImages(world.index, [parseQuery('a'), parseQuery('name:/[yz]+[ab]/')])).toMatchObject({
      ok: false,
    });
    const what = { kind: 'query', query: 'name:/([yz])+[ac]/' } as const;
    expect(await world.index.select({ selection: null, how: 'add', what })).toMatchObject({ ok: false });
  });

  test('come to an end, however many are asked at once, the newest first', async () => {
    const world = createWorld(someImages(900, 3), { elapsedMs: slowClock(3) });
    const ended: number[] = [];
    const texts = Array.from({ length: 12 }, (_, at) => `name:/[${at}a-z]{${at + 1}}/`);
    const found = texts.map(async (text, at) => {
      const answer = await world.index.query(parseQuery(text));
      ended.push(at);
      return must(answer).totals;
    });
    const plain = await Promise.all(texts.map(async (text) => must(await world.plain.query(parseQuery(text))).totals));
    expect(await Promise.all(found)).toEqual(plain);
    expect(ended).toEqual(texts.map((_, at) => 11 - at));
  });

  test('go on where they were stopped when they are asked again', async () => {
    const world = createWorld(someImages(900, 3), { elapsedMs: slowClock(200) });
    const query = parseQuery('name:/[13]/ sort:name');
    let answer = await world.index.query(query);
    let asked = 1;
    for (; !answer.ok && asked < 20; asked++) answer = await world.index.query(query);
    expect(asked).toBeGreaterThan(1);
    const { totals, handle } = must(answer);
    const expected = must(await world.plain.query(query));
    expect(totals).toEqual(expected.totals);
    expect(must(await world.index.keys(handle, 0, 900))).toEqual(must(await world.plain.keys(expected.handle, 0, 900)));
  });

  test('are asked about what changed while they were asked', async () => {
    const world = createWorld(someImages(900, 3), { elapsedMs: slowClock(1) });
    const query = parseQuery('name:/[13]/');
    const asked = world.index.query(query);
    world.put(someImages(300, 4));
    const found = must(await asked);
    const counts = must(await countImages(world.index, [query]));
    expect(counts).toEqual([must(await world.plain.query(query)).totals]);
    expect(found.totals).toEqual(counts[0]);
  });
});

test('what a regular expression found is forgotten with the name, also where it need not be asked again', async () => {
  const images = someImages(50, 3);
  const world = createWorld(images.map((image, at) => ({ ...image, name: `Label ${at}b` })));
  const query = parseQuery('name:/b$/');
  const [before] = must(await countImages(world.index, [query]));
  world.put(images.slice(0, 20).map((image, at) => ({ ...image, name: `X ${at}` })));
  const after = must(await countImages(world.index, [query]));
  expect(after).toEqual([must(await world.plain.query(query)).totals]);
  expect(after[0]?.count).toBeLessThan(before?.count ?? 0);
});

describe('the texts that an expression needs', () => {
  test.each([
    ['logo', ['logo']],
    ['^IMG_\\d+\\.jpe?g$', ['img_', '.jp', 'g']],
    ['(a|b)+x', ['x']],
    ['(foo)bar', ['foobar']],
    ['(foo){2,}', ['foo']],
    ['(foo)*', []],
    ['a|b', []],
    ['[ab]c.d\\w', ['c', 'd']],
    ['é1', ['1']],
    ['(?=x)y(?!z)', ['y']],
  ])('of %s', (source, texts) => {
    expect(requiredTexts(source)).toEqual(texts);
  });

  test('are in every name in which the engine finds the expression', () => {
    const sources = fc.constantFrom(
      'k1',
      's[0-9]',
      'İ',
      'ss',
      'I\\.',
      'ß',
      '\\.k',
      'x\\/y',
      '(ſ|a)b',
      'a\\-b',
      '(?:a)(k)',
      '`a',
      'a  b',
      ' [ ]b',
      '=',
      '\\<',
    );
    const names = fc.array(
      fc.constantFrom(
        'k',
        'K',
        '\u212a',
        's',
        'ſ',
        'ß',
        'i',
        'I',
        'ı',
        'İ',
        '1',
        '.',
        '/',
        'é',
        'a',
        'b',
        '-',
        '`',
        ' ',
        '=',
        '<',
        '\u200d',
        '\u0338',
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(sources, names, (source, parts) => {
        const name = parts.join('').normalize('NFC');
        const matches = compilePattern(source);
        const isFound = typeof matches === 'function' && matches(name);
        const holdsAll = requiredTexts(source).every((text) => normalize(name).includes(text));
        expect(!isFound || holdsAll).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
