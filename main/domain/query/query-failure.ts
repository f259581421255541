import { failure, type Failure } from '../failure.ts';
import { withSentence } from './mistake.ts';
import { parseQuery } from './parse/parse-query.ts';

/** Refuses queries for their first mistake, where a part that is left out may mean every image. */
export function queryFailure(queries: readonly string[]): Failure | undefined {
  const [mistake] = queries.flatMap((text) => parseQuery(text).mistakes);
  if (mistake === undefined) return undefined;
  const whyNothing = 'Nothing was done, as the query without that part may mean more images.';
  return failure('query-mistake', withSentence(mistake.message, whyNothing));
}
