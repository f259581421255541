import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../../main/domain/query/print-query.ts';
import { arbitraryParsedTree, arbitraryQueryText, arbitrarySort } from '../../support/query-arbitraries.ts';

function parsed(text: string) {
  const { tree, sort } = parseQuery(text);
  return { tree, sort };
}

describe('printing a query', () => {
  test('any tree and order come back', () => {
    fc.assert(
      fc.property(arbitraryParsedTree, fc.option(arbitrarySort), (tree, sort) => {
        const text = printQuery({ tree, sort });
        expect(parseQuery(text)).toEqual({ tree, sort, mistakes: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  test('whatever was typed, its print means the same and is without mistakes', () => {
    fc.assert(
      fc.property(arbitraryQueryText, (text) => {
        const first = parsed(text);
        expect(parseQuery(printQuery(first))).toEqual({ ...first, mistakes: [] });
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['', ''],
    ['*', ''],
    ['  LOGO   banner ', 'LOGO banner'],
    ['"summer sale" -"draft"', '"summer sale" -draft'],
    ['((a OR b)) (c (d))', '(a OR b) c d'],
    ['a (b OR c) OR d', 'a (b OR c) OR d'],
    ['-(a b) -(c OR d) --e', '-(a b) -(c OR d) e'],
    ['Size:≥1,50MB sort:size', 'size:>=1.5mb sort:size-desc'],
    ['id:5..,..9', 'id:>=5,<=9'],
    ['name:*logo* name:"a *"', 'name:*logo* name:"a *"'],
    ['name:/^q\\d+/i', 'name:/^q\\d+/'],
    ['"a\\"b" "c\\\\d" "OR"', '"a\\"b" "c\\\\d" "OR"'],
    ['animated:TRUE IS:New,gone seen:7D', 'animated:yes is:new,gone seen:7d'],
    ['foo:bar size:big logo', 'logo'],
  ])('%s is printed as %s', (text, printed) => {
    expect(printQuery(parseQuery(text))).toBe(printed);
  });

  test.each([
    'seen:2026..2027 "week"',
    'seen:2026 "11" "30"',
    'seen:7d "ago"',
    'seen:2026 "to" 2027',
    'id:100 "200" "300"',
    'id:5 "to" 6',
    '-width:1000 "px"',
    'width:1000 "x" 5',
    'size:500kb "to" 1mb',
  ])('a word behind a value stays a word: %s', (text) => {
    const typed = parseQuery(text);
    expect(parseQuery(printQuery(typed))).toEqual(typed);
  });
});
