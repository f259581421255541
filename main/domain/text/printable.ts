/** Characters that control a terminal, reorder or break a line, or are invisible: controls, bidi marks, separators, tags. */
const steering = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const steeringInLines =
  /(?![\n\t]|\r\n)[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Escapes a text for one line of a terminal, such as a name from a server: such characters become `\u001b`. */
export function printable(text: string): string {
  return text.replace(steering, escaped);
}

/** The same for a text of several lines with tabs. JSON stays the same value, as its texts know these escapes. */
export function printableLines(text: string): string {
  return text.replace(steeringInLines, escaped);
}

function escaped(character: string): string {
  return character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
