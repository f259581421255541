import { hashOf, shareOf } from '../randomness.ts';
import { capacityOf, patternOf, read, write } from './numeral.ts';
import { styleAt, styles, type NameStyle } from './styles.ts';

export type Naming = {
  /** The name of an index from 0 to 999,999, without its extension; no two indexes share one. */
  stemOf(index: number): string;
  styleOf(index: number): NameStyle;
  /** The index that a stem belongs to, undefined where none does. */
  indexOf(stem: string): number | undefined;
};

/** Neighbours get unlike names: an index is multiplied by this, modulo a style's capacity. A prime that divides none. */
const stride = 2_654_435_761;

type Known = { readonly style: NameStyle; readonly capacity: number; readonly shift: number; readonly back: number };

/** Names by arithmetic, in both directions: nothing is kept of any of them. */
export function createNaming(seed: number): Naming {
  const known = styles.map((style, place): Known => {
    const capacity = capacityOf(style);
    return { style, capacity, shift: hashOf(seed, place, 21) % capacity, back: inverse(stride, capacity) };
  });
  const patterns = styles.map(patternOf);
  const first = known[0];
  if (first === undefined) throw new Error('There are no styles of names.');

  const knownAt = (index: number): Known => known[styleAt(shareOf(seed, index, 22))] ?? first;

  function stemOf(index: number): string {
    const { style, capacity, shift } = knownAt(index);
    const value = (product(index, stride, capacity) + shift) % capacity;
    const stem = write(style, value, (place) => shareOf(seed, index, 100 + place));
    return style.decomposes === true && hashOf(seed, index, 23) % 2 === 0
      ? stem.normalize('NFD')
      : stem.normalize('NFC');
  }

  function indexOf(stem: string): number | undefined {
    const composed = stem.normalize('NFC');
    for (const [place, { style, capacity, shift, back }] of known.entries()) {
      const texts = patterns[place]?.exec(composed);
      if (!texts) continue;
      const value = read(style, texts.slice(1));
      const index = product((value - shift + capacity) % capacity, back, capacity);
      if (index < 1_000_000 && stemOf(index) === stem) return index;
    }
    return undefined;
  }

  return { stemOf, styleOf: (index) => knownAt(index).style, indexOf };
}

/** a × b modulo m, exactly. */
function product(a: number, b: number, m: number): number {
  return Number((BigInt(a) * BigInt(b)) % BigInt(m));
}

/** What undoes a multiplication by `value` modulo `modulus`; they have no common divisor. */
function inverse(value: number, modulus: number): number {
  let [before, now] = [modulus, value % modulus];
  let [coefficientBefore, coefficient] = [0, 1];
  while (now > 0) {
    const times = Math.floor(before / now);
    [before, now] = [now, before - times * now];
    [coefficientBefore, coefficient] = [coefficient, coefficientBefore - times * coefficient];
  }
  return ((coefficientBefore % modulus) + modulus) % modulus;
}
