import { describe, expect, test } from 'vitest';
import { evaluateQuery } from '../../../main/domain/query/evaluate.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../../main/domain/query/print-query.ts';
import { nameImage } from '../../../main/domain/files/names.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { exampleNow } from '../../support/query-library.ts';

const urls = [
  'https://images.example.com/a/sub-1/Summer%20sale%20(1).png',
  'https://images.example.com/a/sub-2/Summer%20sale%20(1).png',
  'https://images.example.com/a/sub-1/Big%20Summer%20sale%20(1).png',
  'https://eu.example.com/a/sub-1/Summer%20sale%20(1).png',
  'https://images.example.com/a/sub-1/caf%C3%A9+%5Bfinal%5D.jpg',
  'https://images.example.com/a/100%25.gif',
  `https://images.example.com/a/${'long'.repeat(80)}.png`,
];
const images = urls.map((url, index) =>
  catalogueImage({ id: index, url, ...nameImage(url), accountId: 1 + (index % 2), account: `Account ${index % 2}` }),
);

/** Returns the positions of the matches, for the query as typed and as saved by the window. */
function find(query: string): readonly number[] {
  const parsed = parseQuery(query);
  expect(parsed.mistakes).toEqual([]);
  const found = evaluateQuery(parsed, images, { now: exampleNow }).map(({ id }) => id);
  const printed = evaluateQuery(parseQuery(printQuery(parsed)), images, { now: exampleNow }).map(({ id }) => id);
  expect(printed).toEqual(found);
  return found.toSorted((one, other) => one - other);
}

describe('the pasted address of an image', () => {
  test.each(urls.map((url, index) => [url, index] as const))('%s finds that image alone', (url, index) => {
    expect(find(url)).toEqual([index]);
  });

  test.each([
    ['with a query string', `${urls[0]}?v=2&width=300#top`, [0]],
    ['with blanks around it', `  ${urls[0]} `, [0]],
    ['with a port and a capital scheme', 'HTTPS://images.example.com:443/a/sub-1/Summer%20sale%20(1).png', [0]],
    ['decoded by a browser', 'https://images.example.com/a/sub-1/café+[final].jpg', [4]],
    ['in quotes', `"${urls[0]}"`, [0]],
    ['in quotes, decoded', '"https://images.example.com/a/sub-1/Summer sale (1).png"', [0]],
    ['in angle brackets', `<${urls[0]}>`, [0]],
    ['with the comma of a sentence', `${urls[0]},`, [0]],
    ['behind name:', `name:${urls[0]}`, [0]],
    ['of a folder', 'https://images.example.com/a/sub-2/', [1]],
    ['of a host', 'https://eu.example.com/', [3]],
    ['with other words', `${urls[0]} OR ${urls[4]}`, [0, 4]],
    ['negated', `sale -${urls[0]}`, [1, 2, 3]],
    ['of an image that is not there', 'https://images.example.com/a/sub-1/other.png', []],
  ])('counts %s', (_how, query, found) => expect(find(query)).toEqual(found));
});

describe('a file name as an address has it', () => {
  test.each([
    ['caf%C3%A9+%5Bfinal%5D.jpg', [4]],
    ['Summer%20sale', [0, 1, 2, 3]],
    ['sub-1/Summer%20sale%20(1).png', [0, 1, 2, 3]],
    ['100%25.gif', [5]],
    ['100%', [5]],
  ])('%s finds the decoded name', (query, found) => expect(find(query)).toEqual(found));
});

test('text that only begins like an address is no address', () => {
  expect(parseQuery('https://').mistakes.map(({ code }) => code)).toEqual(['unknown-field']);
  expect(parseQuery('ftp://images.example.com/a.png').mistakes.map(({ code }) => code)).toEqual(['unknown-field']);
});
