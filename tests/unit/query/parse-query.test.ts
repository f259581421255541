import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepestNesting, longestQuery, parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { namesGone } from '../../../main/domain/query/query-tree.ts';
import { arbitraryQueryText } from '../../support/query-arbitraries.ts';

/** Returns the underlined parts, each with its message. */
function mistakesOf(text: string): readonly (readonly [string, string])[] {
  return parseQuery(text).mistakes.map(({ start, end, message }) => [text.slice(start, end), message]);
}

describe('mistakes in a query', () => {
  test.each([
    ['logo size:big -x', 'size:big', 'size: expects a size such as 500kb, not "big"'],
    ['size:', 'size:', 'size: expects a size such as 500kb'],
    ['size:>', 'size:>', 'size: expects a size such as 500kb, not ">"'],
    [
      'size:1mb..5kb',
      'size:1mb..5kb',
      'size: expects the lower end first, not "1mb..5kb". Did you mean size:5kb..1mb?',
    ],
    ['😀 size:big', 'size:big', 'size: expects a size such as 500kb, not "big"'],
    ['(ext:)', 'ext:', 'ext: expects an extension such as png'],
    [
      'is:new,odd,gone',
      'odd',
      'is: expects one of new, gone, changed, downloaded, broken, approximate, other, not "odd"',
    ],
    ['has:"tags and more" x', 'has:"tags and more"', 'has:"tags and more" is not available yet'],
    ['logo tag:hero,"to review" x', 'tag:hero,"to review"', 'tag:hero,"to review" is not available yet'],
    ['is:new,Duplicate', 'Duplicate', 'is:duplicate is not available yet'],
    ['Rating:>=3', 'Rating:>=3', 'Rating:>=3 is not available yet'],
    ['name:/a(/ b', 'name:/a(/', 'name: expects a regular expression such as /^q\\d+/, not "/a(/"'],
    ['-OR', '-', '- expects a word right after it, such as -draft'],
    ['a OR', 'OR', 'OR expects a word on both sides, such as logo OR banner; to search for it, write "OR" in quotes'],
    ['a )', ')', 'This ) has no ( before it; to search for it, write ")" in quotes'],
    ['-sort:size', '-sort:size', 'sort: expects no - before it; to reverse the order, end it with -asc or -desc'],
  ])('%s', (text, part, message) => {
    expect(mistakesOf(text)[0]).toEqual([part, message]);
  });

  test('an unknown field is one, with the fields that there are', () => {
    expect(mistakesOf('colour:"dark red" x')).toEqual([
      [
        'colour:"dark red"',
        'There is no field "colour". Use one of name, ext, account, folder, host, type, id, width, height, size, seen, is, animated, sort, or search for "colour:\\"dark red\\"" in quotes',
      ],
    ]);
  });

  test('come in the order of the text', () => {
    expect(mistakesOf('OR size:big ) foo:bar -OR').map(([part]) => part)).toEqual([
      'OR',
      'size:big',
      ')',
      'foo:bar',
      '-',
      'OR',
    ]);
  });

  test('quote at most a line of what was typed, in whole characters', () => {
    const [mistake] = mistakesOf(`size:${'😀'.repeat(500)}`);
    expect(mistake?.[1]).toBe(`size: expects a size such as 500kb, not "${'😀'.repeat(60)}…"`);
  });
});

describe('any text at all', () => {
  test('parses, and its mistakes lie within it', () => {
    fc.assert(
      fc.property(arbitraryQueryText, (text) => {
        for (const { start, end, message } of parseQuery(text).mistakes) {
          expect(0 <= start && start < end && end <= text.length).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('without what its mistakes cover, it means the same', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('logo', '-a', 'size:big', 'foo:1', 'ext:""', 'sort:name', 'sort:odd', '(b OR c)', 'is:x'),
        ),
        (parts) => {
          const whole = parseQuery(parts.join(' '));
          const kept = parts.filter((part) => parseQuery(part).mistakes.length === 0);
          expect(parseQuery(kept.join(' '))).toEqual({ ...whole, mistakes: [] });
        },
      ),
    );
  });
});

describe('monstrous texts', () => {
  test.each(['size:"5..', 'size:5..', 'seen:" ', 'id:1 000 ', 'id:1,000,', 'ext:(', "account:'", 'e\u0301'])(
    'of %s come to an end',
    (unit) => {
      for (const head of ['', 'size:', 'seen:"']) {
        const text = head + unit.repeat(Math.floor((longestQuery - head.length) / unit.length));
        expect(parseQuery(text).mistakes.every(({ code }) => code !== 'too-long')).toBe(true);
      }
    },
  );

  test.each([
    ['open parentheses', '('.repeat(longestQuery), 'too-deep'],
    ['nested groups', '(a '.repeat(30_000), 'too-deep'],
    ['nested negations', '-('.repeat(50_000), 'too-deep'],
    ['closing parentheses', ')'.repeat(1_000), 'lone-parenthesis'],
    ['a megabyte', 'x'.repeat(1_000_000), 'too-long'],
  ])('%s are a mistake', (_, text, code) => {
    expect(new Set(parseQuery(text).mistakes.map((mistake) => mistake.code))).toEqual(new Set([code]));
  });

  test('what stands beside too deep a group still counts', () => {
    const deep = '('.repeat(deepestNesting + 1) + 'x' + ')'.repeat(deepestNesting + 1);
    const { tree, mistakes } = parseQuery(`logo ${deep} banner`);
    expect(tree).toEqual(parseQuery('logo banner').tree);
    expect(mistakes).toMatchObject([{ code: 'too-deep', start: 5 + deepestNesting, end: 5 + deepestNesting + 3 }]);
  });

  test('the deepest nesting that is taken', () => {
    const text = '-(a '.repeat(deepestNesting) + 'b' + ')'.repeat(deepestNesting);
    expect(parseQuery(text).mistakes).toEqual([]);
  });

  test('wide ones are taken', () => {
    const { tree, mistakes } = parseQuery(`id:${Array.from({ length: 12_000 }, (_, id) => id).join(',')}`);
    expect(mistakes).toEqual([]);
    expect(tree.kind === 'number' && tree.tests.length).toBe(12_000);
    expect(parseQuery('-'.repeat(99_998) + 'a').mistakes).toEqual([]);
    expect(parseQuery('a OR '.repeat(19_000) + 'b').mistakes).toEqual([]);
  });
});

test('the last sort wins, and only a named order is given', () => {
  expect(parseQuery('logo').sort).toBeNull();
  expect(parseQuery('sort:name (sort:width logo)').sort).toEqual({ key: 'width', descending: false });
  expect(parseQuery('sort:size').sort).toEqual({ key: 'size', descending: true });
  expect(parseQuery('sort:seen-ASC').sort).toEqual({ key: 'seen', descending: false });
});

test.each([
  ['logo', false],
  ['is:new', false],
  ['is:gone', true],
  ['-(a OR -(b is:new,gone))', true],
  ['is:gone,odd', true],
  ['"is:gone"', false],
])('%s names is:gone: %s', (query, isNamed) => {
  expect(namesGone(parseQuery(query).tree)).toBe(isNamed);
});
