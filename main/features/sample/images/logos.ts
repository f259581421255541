import { colour } from './colour.ts';
import { centredLettering } from './lettering.ts';
import { at, circle, ground, linear, polygon, rect, times, type Scene, type Sketch } from './sketch.ts';

/** Names that no company of note has, in the letters of lettering.ts. */
const names = [
  'NORDA',
  'VELLO',
  'QUANTA',
  'LUMEN 9',
  'ORBI',
  'TESSEL',
  'HALO',
  'KOVA',
  'MIRA',
  'ZENTO',
  'PAX 8',
] as const;

/** A mark above a name: what most logos are. In an animation the mark turns once. */
export const badge: Scene = (sketch) => {
  const { width, height, unit, random, palette, phase } = sketch;
  const marks = [roundedSquare, rings, hexagon, blades, monogram, leafPair] as const;
  const mark = random.pick(marks)(sketch);
  const isWide = width > height * 1.7;
  const name = random.pick(names);
  const [x, y] = isWide ? [height * 0.5, height * 0.5] : [width * 0.5, height * 0.41];
  const text = isWide
    ? {
        text: name,
        x: height + (width - height) * 0.42,
        y: height * 0.4,
        height: height * 0.2,
        maxWidth: (width - height) * 0.8,
      }
    : { text: name, x: width / 2, y: height * 0.76, height: unit * 8, maxWidth: width * 0.7 };
  const turned = `translate(${at(x)} ${at(y)}) rotate(${at(phase * 360)}) scale(${at(isWide ? 0.9 : 1)})`;
  return (
    ground(sketch, random.chance(0.75) ? palette.paper : palette.deep) +
    `<g transform="${turned}">${mark}</g>` +
    centredLettering(text, palette.mid, 0.95)
  );
};

function roundedSquare({ unit, random, palette }: Sketch): string {
  const half = unit * 21;
  const square = rect(
    { x: -half, y: -half, width: half * 2, height: half * 2 },
    palette.mid,
    unit * random.between(5, 17),
  );
  const hole = circle(0, 0, unit * 10.5, palette.paper);
  return `<g transform="rotate(${at(random.between(0, 90))})">${square}${hole}</g>`;
}

function rings({ unit, random, palette }: Sketch): string {
  return times(3, (ring) => {
    const radius = unit * (22 - ring * 7.5);
    const round = 2 * Math.PI * radius;
    const dash = `stroke-dasharray="${at(round * random.between(0.55, 0.85))} ${at(round)}" stroke-linecap="round"`;
    const stroke = [palette.mid, palette.accent, palette.third][ring] ?? palette.mid;
    const turn = ` transform="rotate(${random.below(360)})" stroke="${stroke}" stroke-width="${at(unit * 4.6)}" ${dash}`;
    return circle(0, 0, radius, 'none', turn);
  });
}

function hexagon(sketch: Sketch): string {
  const { unit, random, palette } = sketch;
  const corners = (radius: number, turn: number): [number, number][] => {
    return Array.from({ length: 6 }, (_, corner) => {
      const angle = ((corner + turn) * Math.PI) / 3;
      return [Math.cos(angle) * radius, Math.sin(angle) * radius];
    });
  };
  const paint = linear(sketch, 60, [
    [0, palette.mid],
    [1, palette.accent],
  ]);
  const outer = corners(unit * 24, 0.5);
  const facets = times(3, (facet) => {
    const points = [outer[facet * 2], outer[facet * 2 + 1], [0, 0] as const].filter((point) => point !== undefined);
    return polygon(points, '#fff', ` opacity="${at(0.12 + facet * 0.1)}"`);
  });
  const core = random.chance(0.5) ? polygon(corners(unit * 10, 0), palette.paper) : '';
  return paint.defs + polygon(outer, paint.paint) + facets + core;
}

function blades({ unit, random, palette }: Sketch): string {
  const count = 4 + random.below(5);
  const long = unit * 24;
  const blade = `M0 0Q${at(long * 0.7)} ${at(-long * 0.55)} ${at(long)} 0Q${at(long * 0.55)} ${at(-long * 0.02)} 0 0Z`;
  return times(count, (index) => {
    const paint = index % 2 === 0 ? palette.mid : palette.accent;
    return `<path d="${blade}" transform="rotate(${at((360 / count) * index)})" fill="${paint}"/>`;
  });
}

function monogram({ unit, random, palette }: Sketch): string {
  const letter = random.pick(['A', 'B', 'G', 'K', 'M', 'N', 'Q', 'R', 'S', 'W', 'Z']);
  const plate = random.chance(0.5)
    ? circle(0, 0, unit * 23, palette.mid)
    : rect({ x: -unit * 21, y: -unit * 21, width: unit * 42, height: unit * 42 }, palette.mid, unit * 8);
  return (
    plate + centredLettering({ text: letter, x: 0, y: -unit * 12, height: unit * 24, maxWidth: unit * 40 }, '#fff', 0.9)
  );
}

function leafPair({ unit, palette, random }: Sketch): string {
  const half = unit * 23;
  const leaf = `M0 0C0 ${at(-half)} ${at(half * 0.2)} ${at(-half)} ${at(half)} ${at(-half)}C${at(half)} ${at(-half * 0.2)} ${at(half)} 0 0 0Z`;
  const turns = random.chance(0.5) ? [0, 90, 180, 270] : [0, 180];
  const paints = [palette.mid, palette.accent, colour(0.5, 0.14, palette.hue), palette.third];
  return turns
    .map((turn, index) => `<path d="${leaf}" transform="rotate(${turn})" fill="${paints[index] ?? palette.mid}"/>`)
    .join('');
}
