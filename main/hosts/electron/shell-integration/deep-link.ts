import { longestQuery } from '../../../domain/query/parse/parse-query.ts';

export const linkScheme = 'contact-sheet';

/**
 * Returns the query of `contact-sheet://search?q=…`, the only thing a link may ask for, as any page can make the system
 * open one. Undefined for everything else. The query is shown and searched, never run.
 */
export function readDeepLink(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== `${linkScheme}:` || url.host !== 'search') return undefined;
  if (url.username !== '' || url.password !== '' || (url.pathname !== '' && url.pathname !== '/')) return undefined;
  const [query, ...others] = url.searchParams.getAll('q');
  if (query === undefined || others.length > 0 || query.length > longestQuery) return undefined;
  return /\p{Cc}/u.test(query) ? undefined : query;
}
