import { sortPairs } from './sort-pairs.ts';

/** As many places are written to in turn: more of them would not stay in the processor's cache. */
const digitBits = 11;
const digits = 2 ** digitBits;
/** Of fewer pairs, comparing them takes less. */
const fewPairs = 4096;
const half = 2 ** 32;

/**
 * `sortPairs` for keys that are whole numbers, of either sign, or Infinity: by their digits, lowest first, which takes a
 * fraction of what comparing them takes. Other keys are compared. What becomes of the keys is not said.
 */
export function sortWhole(keys: Float64Array, values: Uint32Array): void {
  if (isSorted(keys)) return;
  const span = spanOf(keys);
  if (span === undefined || keys.length < fewPairs) return sortPairs(keys, values);
  const { low, high } = span;
  const { lower, upper } = countFrom(keys, low, high);
  if (high + 1 - low < half) return sortDigits(lower, values, high + 1 - low);
  // The upper halves go along by where they stood.
  const places = new Uint32Array(keys.length);
  for (let at = 0; at < places.length; at++) places[at] = at;
  sortDigits(lower, places, half - 1);
  sortDigits(pick(upper, places), places, Math.floor((high + 1 - low) / half));
  values.set(pick(values, places));
}

function isSorted(keys: Float64Array): boolean {
  for (let at = 1; at < keys.length; at++) if (!((keys[at - 1] ?? 0) <= (keys[at] ?? 0))) return false;
  return true;
}

/** How far each is from the lowest, in two halves; what is Infinity comes one after the highest. */
function countFrom(keys: Float64Array, low: number, high: number) {
  const lower = new Uint32Array(keys.length);
  const upper = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const distance = (key === Infinity ? high + 1 : key) - low;
    lower[at] = distance % half;
    upper[at] = distance / half;
  }
  return { lower, upper };
}

function pick(values: Uint32Array, places: Uint32Array): Uint32Array {
  const picked = new Uint32Array(places.length);
  for (let at = 0; at < places.length; at++) picked[at] = values[places[at] ?? 0] ?? 0;
  return picked;
}

/** Undefined where the keys are not whole, or too far apart for their distances to be. */
function spanOf(keys: Float64Array): { readonly low: number; readonly high: number } | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const key of keys) {
    if (key === Infinity) continue;
    if (!Number.isInteger(key)) return undefined;
    if (key < low) low = key;
    if (key > high) high = key;
  }
  if (high < low) return { low: 0, high: 0 };
  return high - low < Number.MAX_SAFE_INTEGER - 1 ? { low, high } : undefined;
}

type Pairs = { readonly keys: Uint32Array; readonly values: Uint32Array };

function sortDigits(keys: Uint32Array, values: Uint32Array, widest: number): void {
  let from: Pairs = { keys, values };
  let to: Pairs = { keys: new Uint32Array(keys.length), values: new Uint32Array(keys.length) };
  for (let shift = 0; shift < 32 && widest >= 2 ** shift; shift += digitBits) {
    scatter(from, to, shift);
    [from, to] = [to, from];
  }
  if (from.values !== values) values.set(from.values);
}

/** Each pair goes behind all those whose digit is lower, and behind those before it that have the same. */
function scatter(from: Pairs, to: Pairs, shift: number): void {
  const places = new Uint32Array(digits + 1);
  const { keys, values } = from;
  for (let at = 0; at < keys.length; at++) {
    const digit = (((keys[at] ?? 0) >>> shift) & (digits - 1)) + 1;
    places[digit] = (places[digit] ?? 0) + 1;
  }
  for (let digit = 1; digit < digits; digit++) places[digit] = (places[digit] ?? 0) + (places[digit - 1] ?? 0);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const digit = (key >>> shift) & (digits - 1);
    const place = places[digit] ?? 0;
    places[digit] = place + 1;
    to.keys[place] = key;
    to.values[place] = values[at] ?? 0;
  }
}
