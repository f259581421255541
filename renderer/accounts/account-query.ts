import { quote } from '../../main/domain/query/parse/words.ts';

/** The query for the images of the account of this name. */
export function accountQuery(name: string): string {
  return `account:${quote(name)}`;
}
