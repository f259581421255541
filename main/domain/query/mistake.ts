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
  /** A sentence for a person: `size: wants a size such as 500kb, got 'big'`. */
  readonly message: string;
};

export type Place = { readonly start: number; readonly end: number };

export function mistakeAt(place: Place, code: MistakeCode, expected: string, message: string): QueryMistake {
  return { start: place.start, end: place.end, code, expected, message };
}

export function valueMistake(
  place: Place,
  field: string,
  expected: string,
  got: string,
  code: MistakeCode = 'bad-value',
): QueryMistake {
  if (got === '') return mistakeAt(place, 'missing-value', expected, `${field}: wants ${expected}, got nothing`);
  return mistakeAt(place, code, expected, `${field}: wants ${expected}, got '${clip(got)}'`);
}

/** Says that the feature behind `what` doesn't exist yet. */
export function notAvailable(place: Place, what: string): QueryMistake {
  return mistakeAt(place, 'not-available', '', `${clip(what)} is not available yet`);
}

const longestQuoted = 60;

/** Shortened for a message, never in the middle of a character. */
export function clip(text: string): string {
  const characters = [...text.slice(0, (longestQuoted + 1) * 2)];
  return characters.length > longestQuoted ? characters.slice(0, longestQuoted).join('') + '…' : text;
}
