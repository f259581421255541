import { relativeDateNames } from './calendar.ts';
import { dateRange, numberRange } from '../comparison.ts';
import { monthName, unitName } from './dates.ts';
import type { ScannedValue } from './words.ts';
import { endOfWord, isQuote, isSeparator, isSpace, readListed, readValue } from './words.ts';

/** Sticky expressions for the extent of a value that people write with blanks in it, such as `>500 kb` or `last week`. */
export type Extent = { readonly first: RegExp; readonly later: RegExp };

const operator = String.raw`(?:[<>=≥≤≧≦]{1,2}\s*)?`;
const wordEnd = String.raw`(?![\p{L}\p{N}_])`;

const unit = String.raw`(?:[kmgt](?:i?[bo]s?)?|[pe]i?[bo]|b|(?:kilo|mega|giga|tera|peta)?(?:bytes?|octets?))${wordEnd}`;
const size = String.raw`\d+(?:[.,]\d+)*(?:(?:\s\d{3})+(?=\s*${unit}))?(?:\s*${unit})?`;

const plainNumber = String.raw`(?:\d{1,3}(?:[.'_]\d{3})+(?!\d)|\d{1,3}(?:\s\d{3}(?!\d)){2,}|\d+)`;
/** `1,000,005` is one number; `100,200` are two, unless a group could be no number by itself. */
const grouped = String.raw`(?:(?=\d{1,2},|[\d,]*,0)\d{1,3}(?:,\d{3})+(?!\d|,\d)|${plainNumber})`;
/** `1920 x 1080`, too: it has a suggestion of its own. */
const pixels = String.raw`(?:\s*px${wordEnd}|\s*[x×]\s*\d+)?`;

const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const ageUnit = unitName + wordEnd;
const relative = relativeDateNames.map((name) => name.replace('-', String.raw`[\s-]?`)).join('|');
const date = [
  String.raw`(?:(?:last|past)\s+)?\d{1,4}\s*${ageUnit}(?:\s+ago${wordEnd})?|past\s${ageUnit}`,
  `(?:${relative})${wordEnd}`,
  String.raw`\d{4}年(?:\s*\d{1,2}月(?:\s*\d{1,2}日)?)?`,
  String.raw`${day}\.?\s+${monthName},?\s+\d{4}|${monthName}(?:\s+${day},?)?\s+\d{4}`,
  String.raw`\d{4}\s\d{1,2}\s\d{1,2}(?!\d)|\d+(?:[-./]\d+){0,2}`,
].join('|');

function extentOf(first: string, later: string, range: RegExp): Extent {
  const compile = (value: string) =>
    new RegExp(
      `${operator}(?:(?:${value})(?:(?:${range.source})(?:${value})|\\.{2,3})?|\\.{2,3}\\s*(?:${value}))`,
      'iuy',
    );
  return { first: compile(first), later: compile(later) };
}

export const sizeExtent = extentOf(size, size, numberRange);
export const numberExtent = extentOf(grouped + pixels, plainNumber + pixels, numberRange);
export const dateExtent = extentOf(date, date, dateRange);

/** Reads one value at `start`: to the end of its extent, else to the next blank, and in a list to the next separator. */
export function readLoose(extent: RegExp, isListed: boolean, text: string, start: number): ScannedValue {
  if (isQuote(text[start])) return isListed ? readListed(text, start) : readValue(text, start);
  extent.lastIndex = start;
  const reached = start + (extent.exec(text)?.[0].length ?? 0);
  const next = text[reached];
  const isWhole = next === undefined || isSpace(next) || next === ')' || (isListed && isSeparator(next));
  const end = isWhole && reached > start ? reached : endOfWord(text, start, isListed);
  return { text: text.slice(start, end), isQuoted: false, start, end };
}
