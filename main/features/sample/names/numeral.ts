/**
 * A part of a name. A numeral's parts are its digits, each in the base of how many texts the part can have: so a name
 * that reads like a person's choice of words stands for exactly one number, and can be read back.
 */
export type Part =
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'digits'; readonly width: number; readonly base: 10 | 16 }
  /** A day from 1 January 2016 on, as `20231104` or with what stands between year, month and day. */
  | { readonly kind: 'day'; readonly between: string }
  | { readonly kind: 'minute'; readonly between: string }
  /** Always the same, and no digit. */
  | { readonly kind: 'text'; readonly text: string }
  /** Digits under `limit` that only look like something: they follow from the number, and are not read back. */
  | { readonly kind: 'noise'; readonly width: number; readonly base: 10 | 16; readonly limit: number };

export type Numeral = { readonly parts: readonly Part[] };

const days = 3_600;
const dayMs = 86_400_000;
const firstDay = Date.UTC(2016, 0, 1);
const minutes = 1_440;

function sizeOf(part: Part): number {
  switch (part.kind) {
    case 'word':
      return part.words.length;
    case 'digits':
      return part.base ** part.width;
    case 'day':
      return days;
    case 'minute':
      return minutes;
    case 'text':
    case 'noise':
      return 1;
  }
}

/** How many numbers it can write. */
export function capacityOf({ parts }: Numeral): number {
  return parts.reduce((product, part) => product * sizeOf(part), 1);
}

/** `noise` gives a number from 0 to 1 for the part at a place. */
export function write({ parts }: Numeral, value: number, noise: (place: number) => number): string {
  let left = value;
  return parts
    .map((part, place) => {
      const size = sizeOf(part);
      const digit = left % size;
      left = Math.floor(left / size);
      return textOf(part, digit, () => noise(place));
    })
    .join('');
}

function textOf(part: Part, digit: number, noise: () => number): string {
  switch (part.kind) {
    case 'word':
      return part.words[digit] ?? '';
    case 'digits':
      return digit.toString(part.base).padStart(part.width, '0');
    case 'day':
      return new Date(firstDay + digit * dayMs).toISOString().slice(0, 10).replaceAll('-', part.between);
    case 'minute':
      return pad(Math.floor(digit / 60)) + part.between + pad(digit % 60);
    case 'text':
      return part.text;
    case 'noise':
      return Math.floor(noise() * part.limit)
        .toString(part.base)
        .padStart(part.width, '0');
  }
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The form of every name that the numeral writes. */
export function patternOf({ parts }: Numeral): RegExp {
  return new RegExp(`^${parts.map(formOf).join('')}$`, 'u');
}

function formOf(part: Part): string {
  switch (part.kind) {
    case 'word':
      return `(${part.words.map(RegExp.escape).join('|')})`;
    case 'digits':
      return `(${digitForm(part)})`;
    case 'day':
      return `(\\d{4}${RegExp.escape(part.between)}\\d\\d${RegExp.escape(part.between)}\\d\\d)`;
    case 'minute':
      return `(\\d\\d${RegExp.escape(part.between)}\\d\\d)`;
    case 'text':
      return `(${RegExp.escape(part.text)})`;
    case 'noise':
      return `(${digitForm(part)})`;
  }
}

function digitForm({ width, base }: { width: number; base: number }): string {
  return base === 16 ? `[\\da-f]{${width}}` : `\\d{${width}}`;
}

/** The number that a name of this form stands for, from what `patternOf` found in it. */
export function read({ parts }: Numeral, texts: readonly string[]): number {
  let value = 0;
  for (let place = parts.length - 1; place >= 0; place -= 1) {
    const part = parts[place];
    if (part !== undefined) value = value * sizeOf(part) + digitOf(part, texts[place] ?? '');
  }
  return value;
}

function digitOf(part: Part, text: string): number {
  switch (part.kind) {
    case 'word':
      return part.words.indexOf(text);
    case 'digits':
      return Number.parseInt(text, part.base);
    case 'day':
      return dayOf(text.replaceAll(part.between, ''));
    case 'minute':
      return Number(text.slice(0, 2)) * 60 + Number(text.slice(-2));
    case 'text':
    case 'noise':
      return 0;
  }
}

function dayOf(text: string): number {
  return (Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) - firstDay) / dayMs;
}
