import type { ParsedQuery } from '../../main/domain/query/parse/parse-query.ts';
import { ok, type Result } from '../../main/domain/result.ts';
import type { SearchEngine, Totals } from '../../main/adapters/search/engine/search-engine.ts';

/** Returns the totals of each query. */
export async function countImages(
  engine: Pick<SearchEngine, 'counts'>,
  queries: readonly ParsedQuery[],
): Promise<Result<readonly Totals[]>> {
  const counted = await engine.counts({ queries, syncs: [], selection: null }, null);
  return counted.ok ? ok(counted.value.totals) : counted;
}
