/** What a spreadsheet takes for a formula, with the apostrophes, and the blanks that some drop, before it. */
const formula = /^'*(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** Puts an apostrophe before a text that a spreadsheet would run as a formula (OWASP, CSV injection). */
export function neutralised(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The inverse of `neutralised`. */
export function trueText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
