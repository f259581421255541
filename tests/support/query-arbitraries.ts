import fc from 'fast-check';
import type { CatalogueImage } from '../../main/domain/image/image.ts';
import type { Comparison, QueryNode, SizeValue, WordField } from '../../main/domain/query/query-tree.ts';
import {
  ageUnits,
  allOf,
  anyOf,
  imageStates,
  negate,
  numberFields,
  sortKeys,
  wordFields,
} from '../../main/domain/query/query-tree.ts';
import { isLaterDate } from '../../main/domain/query/parse/calendar.ts';
import { parseQuerySize } from '../../main/domain/image/size.ts';
import { catalogueImage } from './catalogue-images.ts';
import { exampleNow } from './query-library.ts';

const dayMs = 86_400_000;

/** Texts with everything that has a meaning in queries, and letters that fold. */
const queryText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'b', '1', ' ', '"', '“', '\\', '(', ')', '-', '*', ',', ':', '/', '.', '..', '>', '=', 'OR'),
      fc.constantFrom(
        '：',
        '＞',
        '－',
        '–',
        '、',
        '；',
        '　',
        '\u200b',
        'AND ',
        'NOT ',
        ' - ',
        ' kb',
        '1,000',
        'today',
        'last week',
      ),
      fc.constantFrom('é', 'ß', 'Ł', 'İ', '\u0301', '\u00a0', '\ud83d', '😀', '[', ']', '+', '\n'),
      fc.constantFrom('size:', 'name:', 'name:/', 'ext:', 'is:', 'seen:', 'sort:', 'id:', 'tag:', 'has:', 'foo:'),
      fc.constantFrom('1mb', '500kb', '7d', '2026-11-01', 'gone', 'name', 'size-asc', 'png', ' OR ', ' -('),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

export const arbitraryQueryText = fc.oneof(queryText, fc.string({ unit: 'binary' }));

const valueText = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'B', 'é', ' ', '"', '\\', '(', ')', '-', ',', ':', '/', '.', '1', 'OR', '”', "'", ';'),
      fc.constantFrom('が', 'か', 'ป', '\u0e39', 'й', 'ש', '\u05b8', '²', 'ﬁ', '’', 'AND', 'NOT', '=', '、'),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

function comparison<Value>(values: fc.Arbitrary<Value>, order: (a: Value, b: Value) => number) {
  const ranges = fc.tuple(values, values).map(([a, b]): Comparison<Value> => {
    return order(a, b) <= 0 ? { op: 'range', low: a, high: b } : { op: 'range', low: b, high: a };
  });
  const operators = fc.constantFrom('is' as const, '>' as const, '>=' as const, '<' as const, '<=' as const);
  return fc.oneof(
    ranges,
    fc.record({ op: operators, value: values }).map((one): Comparison<Value> => one),
  );
}

const sizeValue = fc
  .constantFrom('0b', '1b', '500b', '2000b', '137kb', '1023.5kb', '1024kb', '1mb', '1.2mb', '1.25mb', '99.95mb', '1gb')
  .map((text): SizeValue => parseQuerySize(text) ?? { text: '', bytes: -1 });

const dates = fc.constantFrom(
  '2026-11-24',
  '2026-11-23',
  '2026-10-25',
  '2026-11',
  '2026-01-31',
  '2026',
  '2025',
  'today',
  'last-week',
);
const smallNumber = fc.integer({ min: 0, max: 20 });

const someOf = <Value>(values: fc.Arbitrary<Value>) => fc.array(values, { minLength: 1, maxLength: 3 });

/** Returns values for a field: extensions and formats have a fixed form; other fields accept any text. */
function wordsOf(field: WordField): fc.Arbitrary<string> {
  if (field === 'type') return fc.constantFrom('png', 'JPG', 'jpeg', 'webp', 'TIF');
  return field === 'ext' ? fc.stringMatching(/^[a-zA-Z0-9]{1,16}$/) : valueText;
}

const arbitraryTest: fc.Arbitrary<QueryNode> = fc.oneof(
  valueText.map((text): QueryNode => ({ kind: 'text', text })),
  valueText.map((text): QueryNode => ({ kind: 'wildcard', pattern: `${text}*` })),
  fc.constantFrom('^a', 'b/?$'.replace('/', '\\/'), '[a/]b', '(a|b)+1', 'é').map((source): QueryNode => {
    return { kind: 'pattern', source };
  }),
  fc
    .constantFrom(...wordFields)
    .chain((field) => fc.record({ field: fc.constant(field), values: someOf(wordsOf(field)) }))
    .map((test): QueryNode => ({ kind: 'word', ...test })),
  fc
    .record({
      field: fc.constantFrom(...numberFields),
      tests: someOf(comparison(smallNumber, (a, b) => a - b)),
    })
    .map((test): QueryNode => ({ kind: 'number', ...test })),
  comparison(sizeValue, (a, b) => a.bytes - b.bytes).map((test): QueryNode => ({ kind: 'size', test })),
  someOf(
    fc.oneof(
      comparison(dates, (a, b) => Number(isLaterDate(a, b)) - Number(isLaterDate(b, a))),
      fc.record({
        op: fc.constant('within' as const),
        amount: fc.integer({ min: 1, max: 400 }),
        unit: fc.constantFrom(...ageUnits),
      }),
    ),
  ).map((tests): QueryNode => ({ kind: 'seen', tests })),
  someOf(fc.constantFrom(...imageStates)).map((states): QueryNode => ({ kind: 'is', states })),
  fc.constant<QueryNode>({ kind: 'has', what: 'tag' }),
  fc.boolean().map((value): QueryNode => ({ kind: 'animated', value })),
  fc.constant<QueryNode>({ kind: 'all' }),
);

function treesOf(test: fc.Arbitrary<QueryNode>): fc.Arbitrary<QueryNode> {
  return fc.letrec<{ tree: QueryNode }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      test,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(allOf),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map(anyOf),
      tie('tree').map(negate),
    ),
  })).tree;
}

/** Query trees of all tests that can be evaluated. */
export const arbitraryTree = treesOf(arbitraryTest);

/** Query trees that the parser can create. */
export const arbitraryParsedTree = treesOf(arbitraryTest.filter(isAvailable));

function isAvailable(test: QueryNode): boolean {
  if (test.kind === 'is') return !test.states.includes('duplicate');
  if (test.kind === 'word' || test.kind === 'number') return test.field !== 'tag' && test.field !== 'rating';
  return test.kind !== 'has';
}

export const arbitrarySort = fc.record({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() });

/** Images with few values of each kind, so that ties and matches are common. */
export const arbitraryImage: fc.Arbitrary<CatalogueImage> = fc
  .record({
    id: fc.integer({ min: 1, max: 20 }),
    accountId: fc.integer({ min: 1, max: 2 }),
    name: fc
      .array(fc.constantFrom('a', 'b', 'A', 'é', '1', '2', '10', '.', ' ', '-', 'ß'), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('')),
    folder: fc.constantFrom('', 'sub-3', 'sub-12'),
    sizeText: fc.constantFrom('137 Kb', '1 Mb', '1.2 MB', 'n/a', '0 KB'),
    exactBytes: fc.constantFrom(null, 0, 140_000, 1_048_576, 1_100_000),
    width: fc.constantFrom(null, 1, 10, 20),
    height: fc.constantFrom(null, 1, 10),
    type: fc.constantFrom(null, 'png', 'jpeg'),
    animated: fc.constantFrom(null, true, false),
    firstSeen: fc.integer({ min: exampleNow - 500 * dayMs, max: exampleNow }),
    gone: fc.boolean(),
    isNew: fc.boolean(),
    isChanged: fc.boolean(),
    broken: fc.boolean(),
    duplicate: fc.boolean(),
    savedPath: fc.constantFrom(null, '/pictures/a.png'),
    tags: fc.subarray(['a', 'Hero']),
    rating: fc.constantFrom(null, 1, 5),
  })
  .map((known) => catalogueImage({ ...known, account: `Account ${known.accountId}` }));
