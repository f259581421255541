import { describe, expect, test } from 'vitest';
import { evaluateQuery } from '../../../main/domain/query/evaluate.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../../main/domain/query/print-query.ts';
import { queryExamples } from '../../support/query-examples.ts';
import { exampleImages, exampleNow, namesOf } from '../../support/query-library.ts';

function run(query: string): string {
  return namesOf(evaluateQuery(parseQuery(query), exampleImages, { now: exampleNow }));
}

describe('the examples of the query language', () => {
  test.each(queryExamples)('$query', ({ query, images, mistakes = [] }) => {
    expect(run(query)).toBe(images);
    expect(parseQuery(query).mistakes.map((mistake) => mistake.code)).toEqual(mistakes);
  });

  test.each(queryExamples)('$query means the same when printed', ({ query, images }) => {
    const printed = printQuery(parseQuery(query));
    expect(run(printed)).toBe(images);
    expect(parseQuery(printed).mistakes).toEqual([]);
  });

  test.each(queryExamples)('$query survives JSON', ({ query }) => {
    const parsed = parseQuery(query);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
  });
});
