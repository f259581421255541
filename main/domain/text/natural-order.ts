import { normalize } from './normalize.ts';

/**
 * A key whose plain comparison (`<`) is the natural order: folded, numbers by value, so `img2` stands before `img10`.
 * Names that differ only in case, accents or leading zeros have the same key.
 */
export function naturalKey(text: string): string {
  return normalize(text).replace(/[0-9]+/g, numberKey);
}

/** The count of digits before the digits: of two numbers, the longer is the greater. '0' keeps their place among letters. */
function numberKey(digits: string): string {
  const significant = digits.replace(/^0+/, '');
  return '0' + String.fromCharCode(Math.min(significant.length, 0xffff)) + significant;
}

/** Natural order; equal keys by their code units, so that only identical texts compare as 0. */
export function compareNatural(a: string, b: string): number {
  return compareText(naturalKey(a), naturalKey(b)) || compareText(a, b);
}

/** By UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
