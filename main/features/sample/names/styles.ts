import type { Subject } from '../images/scenes.ts';
import type { Numeral, Part } from './numeral.ts';
import * as words from './words.ts';

/** A way in which people, cameras and programs name files. */
export type NameStyle = Numeral & {
  /** How many in a thousand names are of this style. */
  readonly perMille: number;
  /** What such a picture shows; anything where it does not say. */
  readonly subject?: Subject;
  /** Written with its marks as characters of their own in every second name. */
  readonly decomposes?: boolean;
};

const text = (value: string): Part => ({ kind: 'text', text: value });
const word = (list: readonly string[]): Part => ({ kind: 'word', words: list });
const digits = (width: number): Part => ({ kind: 'digits', width, base: 10 });
const hex = (width: number): Part => ({ kind: 'digits', width, base: 16 });
const noise = (width: number, base: 10 | 16 = 10): Part => ({ kind: 'noise', width, base, limit: base ** width });
const seconds: Part = { kind: 'noise', width: 2, base: 10, limit: 60 };

/** Four words: enough for a million names by a number at the end where the lists are short. */
function worded(subject: Subject, between: string, perMille: number): NameStyle {
  const [gap, nouns] = [text(between), word(words.nouns[subject])];
  const parts = [
    word(words.adjectives),
    gap,
    nouns,
    gap,
    word(words.occasions),
    gap,
    word(words.markers),
    gap,
    digits(3),
  ];
  return { perMille, subject, parts };
}

const uuid = [hex(8), text('-'), noise(4, 16), text('-4'), noise(3, 16), text('-a'), noise(3, 16), text('-')];

export const styles: readonly [NameStyle, ...NameStyle[]] = [
  {
    perMille: 110,
    subject: 'photo',
    parts: [text('IMG_'), { kind: 'day', between: '' }, text('_'), { kind: 'minute', between: '' }, seconds],
  },
  { perMille: 50, subject: 'photo', parts: [text('DSC'), digits(7)] },
  { perMille: 40, subject: 'photo', parts: [text('IMG-'), { kind: 'day', between: '' }, text('-WA'), digits(4)] },
  {
    perMille: 40,
    subject: 'chart',
    parts: [
      text('Screenshot '),
      { kind: 'day', between: '-' },
      text(' at '),
      { kind: 'minute', between: '.' },
      text('.'),
      seconds,
    ],
  },
  { perMille: 60, parts: [digits(8)] },
  { perMille: 40, parts: [digits(7), noise(8)] },
  { perMille: 30, parts: [digits(5), text('_'), digits(4)] },
  { perMille: 30, parts: [digits(6), text('-'), noise(5), text('-'), digits(3)] },
  { perMille: 60, parts: [hex(8), noise(9, 16), noise(8, 16)] },
  { perMille: 30, parts: [...uuid, noise(6, 16), noise(6, 16)] },
  worded('logo', '-', 90),
  worded('logo', '_', 30),
  worded('photo', '_', 60),
  worded('photo', ' ', 30),
  worded('card', '-', 70),
  worded('chart', '_', 30),
  worded('pattern', '-', 40),
  {
    perMille: 60,
    subject: 'card',
    parts: [text('Q'), digits(2), text('_'), word(words.clients), text('_wave'), digits(3)],
  },
  {
    perMille: 30,
    subject: 'card',
    parts: [word(words.clients), text(' concept '), hex(1), text(' ('), word(words.occasions), text(') '), digits(3)],
  },
  {
    perMille: 40,
    decomposes: true,
    parts: [word(words.accented), text(' '), word(words.accentedAfter), text(' '), digits(4)],
  },
  { perMille: 30, parts: [word(words.characters), text('_'), word(words.characterEndings), text('_'), digits(4)] },
];

/** The style that a number from 0 to 1 picks, by its place in `styles`. */
export function styleAt(share: number): number {
  const total = styles.reduce((sum, { perMille }) => sum + perMille, 0);
  let left = share * total;
  const found = styles.findIndex(({ perMille }) => (left -= perMille) < 0);
  return Math.max(0, found);
}
