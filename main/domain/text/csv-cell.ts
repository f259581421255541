/** Text that a spreadsheet runs as a formula, with apostrophes, and the blanks that some drop, before it. */
const formula = /^'*(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** Puts an apostrophe before a text that a spreadsheet would run as a formula (OWASP, CSV injection). */
function neutralised(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Separators of some spreadsheet, whichever one is asked for, line ends, and outer blanks that it may strip. */
const needsQuotes = /[",;\t|\r\n\v\f\u0085\u2028\u2029]|^\s|\s$/;

/** Writes a text as a cell of CSV (RFC 4180), neutralised. */
export function csvCell(text: string): string {
  const cell = neutralised(text);
  return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The inverse of `neutralised`. */
export function trueText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
