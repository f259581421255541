export type MistakeCode =
  | 'unknown-field'
  | 'missing-value'
  | 'bad-value'
  /** Its feature doesn't exist yet. */
  | 'not-available'
  | 'bad-pattern'
  | 'costly-pattern'
  | 'lone-minus'
  | 'lone-or'
  | 'lone-and'
  | 'lone-parenthesis'
  | 'negated-sort'
  | 'too-deep'
  | 'too-long';

/** A part of a query that was left out, and nothing else: what is merely unfinished (`"summer`, `(a`) is no mistake. */
export type QueryMistake = {
  /** UTF-16 offsets in the query's text, `end` excluded: what to underline. */
  readonly start: number;
  readonly end: number;
  readonly code: MistakeCode;
  /** What would have been understood there: `a size such as 500kb`. */
  readonly expected: string;
  /** A sentence for a person: `size: expects a size such as 500kb, not "big"`; it ends in a full stop only behind a second one. */
  readonly message: string;
};

export type TextRange = { readonly start: number; readonly end: number };

export function mistakeAt(place: TextRange, code: MistakeCode, expected: string, message: string): QueryMistake {
  return { start: place.start, end: place.end, code, expected, message };
}

/** A field's wrong value, and what may have been meant. */
export type WrongValue = {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  /** Terms, such as `size:500kb`. */
  readonly suggestions?: readonly string[];
  readonly code?: MistakeCode;
};

export function valueMistake(place: TextRange, { field, expected, got, suggestions, code }: WrongValue): QueryMistake {
  const message = `${field}: expects ${expected}`;
  if (got === '') return mistakeAt(place, 'missing-value', expected, message);
  return mistakeAt(place, code ?? 'bad-value', expected, `${message}, not "${clip(got)}"${didYouMean(suggestions)}`);
}

/** Writes suggestions as a sentence to follow a message; '' without any. */
export function didYouMean(suggestions: readonly string[] = []): string {
  return suggestions.length === 0 ? '' : `. Did you mean ${suggestions.map(clip).join(' or ')}?`;
}

/** Appends a sentence to a message. */
export function withSentence(message: string, sentence: string): string {
  return `${message}${/[.?]$/.test(message) ? '' : '.'} ${sentence}`;
}

/** Says that the feature behind `what` doesn't exist yet. */
export function notAvailable(place: TextRange, what: string): QueryMistake {
  return mistakeAt(place, 'not-available', '', `${clip(what)} is not available yet`);
}

const longestQuoted = 60;

/** Shortened for a message, never in the middle of a character. */
export function clip(text: string): string {
  const characters = [...text.slice(0, (longestQuoted + 1) * 2)];
  return characters.length > longestQuoted ? characters.slice(0, longestQuoted).join('') + '…' : text;
}
