export const longestAccountName = 100;

export type AccountNameProblem = 'empty' | 'too-long' | 'control-characters';

export function cleanAccountName(text: string): string {
  return text.trim().normalize('NFC');
}

/** What keeps a clean name from being one; names stand in lines of text, so nothing in them may break or turn a line. */
export function accountNameProblem(name: string): AccountNameProblem | undefined {
  if (name === '') return 'empty';
  if (name.length > longestAccountName) return 'too-long';
  return /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u.test(name) ? undefined : 'control-characters';
}

/** Two accounts whose names differ in their case alone could not be told apart in a query. */
export function isSameAccountName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
