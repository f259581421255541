import { quote } from '../../main/domain/query/parse/words.ts';

/** The query for what was first seen while a sync ran, to the day as the language has it, of one account. */
export function firstSeenQuery(
  span: { readonly startedAt: number; readonly endedAt: number | null },
  account: string,
): string {
  const [from, to] = [localDate(span.startedAt), localDate(span.endedAt ?? span.startedAt)];
  return `seen:${from === to ? from : `${from}..${to}`} account:${quote(account)}`;
}

function localDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
