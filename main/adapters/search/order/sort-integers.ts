import { sortPairs } from './sort-pairs.ts';

/** As many places are written to in turn: more of them would not stay in the processor's cache. */
const digitBits = 11;
const digits = 2 ** digitBits;
/** Of fewer pairs, comparing them takes less. */
const fewPairs = 4096;
const half = 2 ** 32;

/** Of each value its key: a whole number of either sign, or Infinity. */
export type IntegerKey = (value: number) => number;

/**
 * Sorts the values by their keys; those with equal keys keep their order. It goes by the keys' digits, lowest first, which
 * takes a fraction of what comparing them takes. Keys that are not whole are compared.
 */
export function sortIntegers(values: Uint32Array, keyOf: IntegerKey): void {
  const span = spanOf(values, keyOf);
  if (span === 'sorted') return;
  if (span === 'not-whole' || values.length < fewPairs) return sortPairs(Float64Array.from(values, keyOf), values);
  const { low, high } = span;
  // Counted from the lowest; what is Infinity comes one after the highest.
  const distance: IntegerKey = (value) => Math.min(keyOf(value), high + 1) - low;
  const widest = high + 1 - low;
  sortDigits(values, (value) => distance(value) % half, Math.min(widest, half - 1));
  if (widest >= half) sortDigits(values, (value) => Math.floor(distance(value) / half), Math.floor(widest / half));
}

function spanOf(values: Uint32Array, keyOf: IntegerKey) {
  let low = Infinity;
  let high = -Infinity;
  let before = -Infinity;
  let isSorted = true;
  let isWhole = true;
  for (const value of values) {
    const key = keyOf(value);
    isSorted &&= before <= key;
    before = key;
    if (key === Infinity) continue;
    isWhole &&= Number.isInteger(key);
    if (key < low) low = key;
    if (key > high) high = key;
  }
  if (isSorted) return 'sorted';
  // Beyond, the distances between keys would not be whole.
  return isWhole && high - low < Number.MAX_SAFE_INTEGER - 1 ? { low, high } : 'not-whole';
}

type Pairs = { readonly keys: Uint32Array; readonly values: Uint32Array };

function sortDigits(values: Uint32Array, keyOf: IntegerKey, widest: number): void {
  const keys = scratch(values.length);
  for (let at = 0; at < keys.length; at++) keys[at] = keyOf(values[at] ?? 0);
  let from: Pairs = { keys, values };
  let to: Pairs = { keys: scratch(keys.length), values: scratch(keys.length) };
  for (let shift = 0; shift < 32 && widest >= 2 ** shift; shift += digitBits) {
    scatter(from, to, shift);
    [from, to] = [to, from];
  }
  if (from.values !== values) values.set(from.values);
}

/**
 * Room for a while. A buffer that could be resized has pages of its own, which go back to the system with it: what is
 * taken from and given back to the common heap in such pieces stays with the process.
 */
function scratch(length: number): Uint32Array {
  const bytes = 4 * length;
  return new Uint32Array(new ArrayBuffer(bytes, { maxByteLength: bytes }), 0, length);
}

/** Each pair goes behind all those whose digit is lower, and behind those before it that have the same. */
function scatter(from: Pairs, to: Pairs, shift: number): void {
  const places = new Uint32Array(digits + 1);
  const { keys, values } = from;
  for (const key of keys) {
    const digit = ((key >>> shift) & (digits - 1)) + 1;
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
