/**
 * Removes the characters that `isOuter` matches from both ends. A pattern such as `[…]+$` would take quadratic time on
 * a long run of them that is not at the end.
 */
export function trimCharacters(text: string, isOuter: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOuter.test(text.charAt(start))) start += 1;
  while (end > start && isOuter.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
