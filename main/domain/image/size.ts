/** Whole bytes. A text such as `1 Mb` is rounded: the true count lies between `lowBytes` and `highBytes`, both included. */
export type ParsedSize = { readonly nominalBytes: number; readonly lowBytes: number; readonly highBytes: number };

/** Whole bytes, both ends included. */
export type ByteSpan = { readonly low: number; readonly high: number };

const unitNames = ['b', 'kb', 'mb', 'gb', 'tb'] as const;

/** A size as it was written: plain digits, perhaps with a decimal point; `power` is that of 1024. */
type WrittenSize = { readonly amount: string; readonly power: number };

const blanks = /[\s\u200b\u2060]/g;
const writtenForm = /^([0-9.,]+)(?:b|bytes?|([kmgt])(?:i?b)?)$/i;

/**
 * Reads the API's size texts: `137 Kb`, `1.2 MB`, `512 bytes`, `1,234 KB`, `1,5 MB`; 1 KB is 1024 bytes in any case.
 * Null for what does not parse, never 0.
 */
export function parseSize(text: string): ParsedSize | null {
  const written = readWritten(text);
  return written && measure(written);
}

/** Null for what does not parse; a bare number counts bytes. `text` is the size in its shortest form: `1.2mb`. */
export function parseQuerySize(text: string): { readonly text: string; readonly bytes: number } | null {
  const written = readWritten(/^\s*[0-9]+\s*$/.test(text) ? text + 'b' : text);
  const size = written && measure(written);
  return size && { text: shortest(written.amount) + (unitNames[written.power] ?? ''), bytes: size.nominalBytes };
}

function readWritten(text: string): WrittenSize | null {
  if (text.length > 60) return null;
  const parts = writtenForm.exec(text.replace(blanks, ''));
  const amount = parts && readAmount(parts[1] ?? '');
  return amount ? { amount, power: 'bkmgt'.indexOf((parts[2] ?? 'b').toLowerCase()) } : null;
}

/** `1,234` is grouped, `1,5` is a decimal; null for anything else but digits with at most one decimal point. */
function readAmount(text: string): string | null {
  let plain = text;
  if (/^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(text)) plain = text.replaceAll(',', '');
  else if (/^[0-9]{1,3}(\.[0-9]{3})+,[0-9]+$/.test(text)) plain = text.replaceAll('.', '').replace(',', '.');
  else if (/^[0-9]+,[0-9]+$/.test(text)) plain = text.replace(',', '.');
  return /^[0-9]+(\.[0-9]+)?$/.test(plain) ? plain : null;
}

function shortest(amount: string): string {
  const digits = amount.replace(/^0+(?=[0-9])/, '');
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function measure({ amount, power }: WrittenSize): ParsedSize | null {
  const bytes = Number(amount) * 1024 ** power;
  const decimals = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
  const rounding = spanOfSteps(Number(amount.replace('.', '')), power, decimals);
  if (Math.max(bytes, rounding.high) > Number.MAX_SAFE_INTEGER) return null;
  if (power === 0) return decimals > 0 ? null : { nominalBytes: bytes, lowBytes: bytes, highBytes: bytes };
  const nominalBytes = Math.round(bytes);
  return {
    nominalBytes,
    lowBytes: Math.min(nominalBytes, Math.max(0, rounding.low)),
    highBytes: Math.max(nominalBytes, rounding.high),
  };
}

/** What rounds to so many steps of the unit's last decimal; a half rounds up. One division, so that halves are exact. */
function spanOfSteps(steps: number, power: number, decimals: number): ByteSpan {
  const halfStep = (edge: number): number => Math.ceil((edge * 1024 ** power) / (2 * 10 ** decimals));
  return { low: halfStep(2 * steps - 1), high: halfStep(2 * steps + 1) - 1 };
}

/** One way of showing sizes, in steps of so many decimals of a unit, from `fromBytes` up to the next band. */
type Band = { readonly fromBytes: number; readonly power: number; readonly decimals: 0 | 1 };

/** Whole bytes and KB as the API has them; from 1 MB three digits, so one decimal under 100. A size that would round to 1024 KB is 1 MB. */
const bands: readonly Band[] = [
  { fromBytes: 0, power: 0, decimals: 0 },
  { fromBytes: 1024, power: 1, decimals: 0 },
  ...[2, 3, 4].flatMap((power): Band[] => [
    { fromBytes: 1023.5 * 1024 ** (power - 1), power, decimals: 1 },
    { fromBytes: 99.95 * 1024 ** power, power, decimals: 0 },
  ]),
];

/** The size as the product shows it, in plain English digits: `512 B`, `137 KB`, `1 MB`, `1.2 MB`, `391 MB`. */
export function formatSize(bytes: number): string {
  const { power, decimals } = bandOf(bytes);
  const scale = 10 ** decimals;
  return `${Math.round((bytes / 1024 ** power) * scale) / scale} ${unitNames[power]?.toUpperCase()}`;
}

function bandOf(bytes: number): Band {
  return bands.findLast((band) => bytes >= band.fromBytes) ?? { fromBytes: 0, power: 0, decimals: 0 };
}

/**
 * The exact sizes that are shown as this one: those that `formatSize` gives the same text, or, for a size more finely
 * written than it shows (`1.25mb`), those that round to it. Null for what does not parse.
 */
export function shownAs(text: string): ByteSpan | null {
  const written = readWritten(/^[0-9]+$/.test(text) ? text + 'b' : text);
  const size = written && measure(written);
  if (!size) return null;
  const shown = formatSize(size.nominalBytes);
  const isShown = `${shortest(written.amount)} ${unitNames[written.power]?.toUpperCase()}` === shown;
  return isShown ? spanOfShown(size.nominalBytes) : { low: size.lowBytes, high: size.highBytes };
}

function spanOfShown(bytes: number): ByteSpan {
  const band = bandOf(bytes);
  const next = bands[bands.indexOf(band) + 1];
  const rounding = spanOfSteps(
    Math.round((bytes / 1024 ** band.power) * 10 ** band.decimals),
    band.power,
    band.decimals,
  );
  return {
    low: Math.max(Math.ceil(band.fromBytes), rounding.low),
    high: next ? Math.min(Math.ceil(next.fromBytes) - 1, rounding.high) : rounding.high,
  };
}
