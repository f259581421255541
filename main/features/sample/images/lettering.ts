import { at } from './sketch.ts';

/** Capital letters and digits as strokes on a grid 4 wide and 6 high, so that no installed font is needed. */
const strokes: Readonly<Record<string, string>> = {
  A: 'M0 6 2 0 4 6M.8 3.8H3.2',
  B: 'M0 3H2.3A1.5 1.5 0 0 1 2.3 6H0V0H2A1.5 1.5 0 0 1 2 3',
  C: 'M4 1.2A2 2 0 0 0 0 2V4A2 2 0 0 0 4 4.8',
  D: 'M0 0V6H1.8A2.2 2.2 0 0 0 4 3.8V2.2A2.2 2.2 0 0 0 1.8 0Z',
  E: 'M3.8 0H0V6H3.8M0 3H3',
  F: 'M3.8 0H0V6M0 3H3',
  G: 'M4 1.2A2 2 0 0 0 0 2V4A2 2 0 0 0 4 4V3.2H2.4',
  H: 'M0 0V6M4 0V6M0 3H4',
  I: 'M2 0V6',
  J: 'M3.6 0V4.2A1.8 1.8 0 0 1 0 4.2',
  K: 'M0 0V6M4 0 0 3.6M1.5 2.4 4 6',
  L: 'M0 0V6H3.8',
  M: 'M0 6V0L2 3.4 4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4Z',
  P: 'M0 6V0H2.2A1.7 1.7 0 0 1 2.2 3.4H0',
  Q: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4ZM2.6 4.4 4 6',
  R: 'M0 6V0H2.2A1.7 1.7 0 0 1 2.2 3.4H0M2.2 3.4 4 6',
  S: 'M3.8 1.2A1.9 1.5 0 0 0 .1 1.6C.1 3.4 3.9 2.6 3.9 4.4A1.9 1.6 0 0 1 .1 4.8',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4A2 2 0 0 0 4 4V0',
  V: 'M0 0 2 6 4 0',
  W: 'M0 0 1 6 2 2 3 6 4 0',
  X: 'M0 0 4 6M4 0 0 6',
  Y: 'M0 0 2 3 4 0M2 3V6',
  Z: 'M0 0H4L0 6H4',
  0: 'M0 2A2 2 0 0 1 4 2V4A2 2 0 0 1 0 4Z',
  1: 'M.8 1.3 2.4 0V6',
  2: 'M.1 1.6A1.9 1.6 0 0 1 3.9 1.7C3.9 3 0 4.6 0 6H4',
  3: 'M.2 0H3.8L2 2.4A1.8 1.8 0 1 1 .2 4.8',
  4: 'M3 6V0L0 4.2H4',
  5: 'M3.7 0H.6L.4 2.8A2 1.9 0 1 1 .1 4.9',
  6: 'M3.2 0C1 1.4 0 2.8 0 4A2 2 0 0 0 4 4A2 2 0 0 0 .2 3.4',
  7: 'M0 0H4L1.5 6',
  8: 'M2 2.9A1.5 1.45 0 0 0 2 0A1.5 1.45 0 0 0 2 2.9A1.8 1.55 0 0 0 2 6A1.8 1.55 0 0 0 2 2.9Z',
  9: 'M.8 6C3 4.6 4 3.2 4 2A2 2 0 0 0 0 2A2 2 0 0 0 3.8 2.6',
  '%': 'M3.6 0 .4 6M.9 0A.8 .8 0 0 0 .9 1.7A.8 .8 0 0 0 .9 0ZM3.1 4.3A.8 .8 0 0 0 3.1 6A.8 .8 0 0 0 3.1 4.3Z',
  '?': 'M.2 1.5A1.9 1.6 0 1 1 2 3.2V4.3M2 5.8V6',
  '+': 'M2 1.4V4.6M.4 3H3.6',
  '-': 'M.6 3H3.4',
};

const advance = 5.6;

export type Lettering = { readonly text: string; readonly x: number; readonly y: number; readonly height: number };

/** The width that a text takes at a height, both in pixels. */
export function letteringWidth(text: string, height: number): number {
  return ((text.length * advance - (advance - 4)) * height) / 6;
}

/** A line of text whose left upper corner is at x and y. `weight` is the stroke's width on the grid. */
export function lettering({ text, x, y, height }: Lettering, paint: string, weight = 0.8): string {
  const scale = height / 6;
  const letters = Array.from(text, (letter, index) => {
    const path = strokes[letter];
    return path === undefined ? '' : `<path transform="translate(${at(index * advance)} 0)" d="${path}"/>`;
  });
  const pen = `fill="none" stroke="${paint}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g transform="translate(${at(x)} ${at(y)}) scale(${Math.round(scale * 1000) / 1000})" ${pen}>${letters.join('')}</g>`;
}

/** The same, centred on x and no wider than `maxWidth`: the letters get smaller instead. */
export function centredLettering(line: Lettering & { readonly maxWidth: number }, paint: string, weight = 0.8): string {
  const fitting = Math.min(1, line.maxWidth / letteringWidth(line.text, line.height));
  const height = line.height * fitting;
  const x = line.x - letteringWidth(line.text, height) / 2;
  return lettering({ text: line.text, x, y: line.y + (line.height - height) / 2, height }, paint, weight);
}
