import { createRandom } from '../randomness.ts';
import { card, poster } from './cards.ts';
import { chart } from './charts.ts';
import { drawPalette } from './colour.ts';
import { badge } from './logos.ts';
import { bubbles, pattern, waves } from './patterns.ts';
import { dunes, mountains, sea } from './photo-land.ts';
import { aurora, bokeh, flower, skyline } from './photo-light.ts';
import type { Scene } from './sketch.ts';

/** What a picture shows; names of files hint at it. */
export const subjects = ['photo', 'logo', 'chart', 'card', 'pattern'] as const;

export type Subject = (typeof subjects)[number];

const scenes: Readonly<Record<Subject, readonly [Scene, ...Scene[]]>> = {
  photo: [mountains, sea, dunes, bokeh, aurora, skyline, flower],
  logo: [badge],
  chart: [chart],
  card: [card],
  pattern: [pattern],
};

/** Those that change with the phase. */
const movingScenes: typeof scenes = {
  photo: [bokeh, flower],
  logo: [badge],
  chart: [chart],
  card: [poster],
  pattern: [bubbles, waves],
};

export type Drawing = {
  readonly subject: Subject;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** Where in its loop a moving picture stands, from 0 up to, not including, 1; null where nothing moves. */
  readonly phase: number | null;
  readonly transparent: boolean;
};

/** One picture as a whole SVG document; the same drawing gives the same text. */
export function drawSvg({ subject, seed, width, height, phase, transparent }: Drawing): string {
  const random = createRandom(seed);
  const scene = random.pick((phase === null ? scenes : movingScenes)[subject]);
  let ids = 0;
  const inside = scene({
    width,
    height,
    unit: Math.min(width, height) / 100,
    random,
    palette: drawPalette(random),
    phase: phase ?? 0,
    transparent,
    id: () => `p${ids++}`,
  });
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`;
}
