import { colour } from './colour.ts';
import {
  at,
  circle,
  fraction,
  ground,
  linear,
  polygon,
  radial,
  rect,
  times,
  type Scene,
  type Sketch,
} from './sketch.ts';

/** Lights out of focus. In an animation they breathe. */
export const bokeh: Scene = (sketch) => {
  const { width, height, unit, random, palette, phase } = sketch;
  const night = linear(sketch, random.between(20, 160), [
    [0, colour(0.3, 0.08, palette.hue)],
    [1, colour(0.17, 0.05, palette.secondHue)],
  ]);
  const hues = [palette.hue, palette.secondHue, palette.thirdHue];
  const paints = hues.map((hue) =>
    radial(sketch, [
      [0, colour(0.86, 0.12, hue), 0.5],
      [0.86, colour(0.8, 0.14, hue), 0.62],
      [0.93, colour(0.92, 0.1, hue), 0.8],
      [1, colour(0.9, 0.1, hue), 0],
    ]),
  );
  const lights = times(26, () => {
    const own = random.next();
    const size = unit * (2 + own * own * 15) * (1 + 0.12 * Math.sin((phase + own) * 2 * Math.PI));
    const [x, y] = [random.between(-0.05, 1.05) * width, random.between(-0.05, 1.05) * height];
    return circle(
      x,
      y,
      size,
      paints[random.below(3)]?.paint ?? '#fff',
      ` opacity="${fraction(random.between(0.3, 0.9))}"`,
    );
  });
  return night.defs + paints.map(({ defs }) => defs).join('') + ground(sketch, night.paint) + lights;
};

/** Northern lights over a wood. */
export const aurora: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const sky = linear(sketch, 90, [
    [0, colour(0.16, 0.05, 265)],
    [1, colour(0.34, 0.07, 240)],
  ]);
  const stars = times(70, () => {
    const seen = ` opacity="${fraction(random.between(0.25, 1))}"`;
    return circle(random.next() * width, random.next() * height * 0.7, unit * random.between(0.1, 0.35), '#fff', seen);
  });
  const veils = times(3, () => {
    const hue = random.pick([150, 165, 190, palette.hue]);
    const veil = linear(sketch, 90, [
      [0, colour(0.8, 0.17, hue), 0],
      [0.7, colour(0.82, 0.19, hue), 0.55],
      [1, colour(0.85, 0.15, hue), 0],
    ]);
    const top = height * random.between(0.02, 0.2);
    const foot = height * random.between(0.45, 0.7);
    const sway = unit * random.between(8, 26);
    const line = (y: number, way: number): string =>
      `${at(width * 0.3)} ${at(y + sway * way)} ${at(width * 0.6)} ${at(y - sway * way)}`;
    const d = `M0 ${at(top)}C${line(top, 1)} ${at(width)} ${at(top)}V${at(foot)}C${line(foot, -1)} 0 ${at(foot)} 0 ${at(foot)}Z`;
    return `${veil.defs}<path d="${d}" fill="${veil.paint}"/>`;
  });
  return sky.defs + ground(sketch, sky.paint) + stars + veils + wood(sketch);
};

function wood({ width, height, unit, random }: Sketch): string {
  const trees = Math.ceil(width / (unit * 6));
  return times(trees * 2, (index) => {
    const x = (index / 2 + random.between(-0.3, 0.3)) * unit * 6;
    const tall = unit * random.between(12, 30);
    const foot = height + unit;
    const tiers = [0, 0.3, 0.55].map((tier): [number, number, number] => {
      return [tall * (1 - tier), tall * (0.66 - tier), unit * (1.6 + tier * 4)];
    });
    return tiers
      .map(([top, low, half]) => {
        const base = foot - Math.max(0, low * 0.7);
        const points: [number, number][] = [
          [x, foot - top],
          [x + half, base],
          [x - half, base],
        ];
        return polygon(points, '#0d1420');
      })
      .join('');
  });
}

/** A town at night, its windows lit. */
export const skyline: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const sky = linear(sketch, 90, [
    [0, colour(0.28, 0.09, palette.hue)],
    [0.7, colour(0.6, 0.14, palette.secondHue)],
    [1, colour(0.86, 0.1, palette.secondHue + 40)],
  ]);
  const moon = circle(width * random.between(0.1, 0.9), height * 0.2, unit * random.between(4, 8), '#fff6e0');
  const rows = times(3, (row) => {
    const wall = colour(0.46 - row * 0.14, 0.06, palette.hue);
    let x = -unit * random.between(0, 8);
    let houses = '';
    while (x < width) {
      const house = {
        x,
        width: unit * random.between(8, 17),
        tall: height * random.between(0.16, 0.5) * (1 - row * 0.18),
      };
      houses += rect({ x, y: height - house.tall, width: house.width + 1, height: house.tall }, wall);
      if (row > 0) houses += windows(sketch, { ...house, top: height - house.tall });
      x += house.width;
    }
    return houses;
  });
  return sky.defs + ground(sketch, sky.paint) + moon + rows;
};

type House = { readonly x: number; readonly width: number; readonly top: number; readonly tall: number };

function windows({ unit, random }: Sketch, { x, width, top, tall }: House): string {
  const columns = Math.max(1, Math.floor(width / (unit * 3)));
  const floors = Math.min(14, Math.floor(tall / (unit * 4)));
  const pitch = width / columns;
  return times(columns * floors, (index) => {
    if (!random.chance(0.42)) return '';
    const box = {
      x: x + ((index % columns) + 0.3) * pitch,
      y: top + unit * (2 + Math.floor(index / columns) * 4),
      width: pitch * 0.42,
      height: unit * 1.9,
    };
    return rect(box, colour(0.9, 0.11, random.between(60, 95)), 0, ` opacity="${fraction(random.between(0.5, 1))}"`);
  });
}

/** A flower from close by, its petals in rings. In an animation it turns. */
export const flower: Scene = (sketch) => {
  const { width, height, unit, random, palette, phase } = sketch;
  const meadow = radial(sketch, [
    [0, colour(0.72, 0.1, palette.secondHue)],
    [1, colour(0.34, 0.07, palette.secondHue + 30)],
  ]);
  const petals = 7 + random.below(8);
  const turn = (phase * 360) / petals;
  const rings = times(3, (ring) => {
    const long = unit * (52 - ring * 14);
    const petal = linear(sketch, 0, [
      [0, colour(0.46 + ring * 0.06, 0.17, palette.hue)],
      [1, colour(0.86 - ring * 0.02, 0.1, palette.hue + 15)],
    ]);
    const shape = `M0 0C${at(long * 0.35)} ${at(-long * 0.32)} ${at(long * 0.85)} ${at(-long * 0.3)} ${at(long)} 0C${at(long * 0.85)} ${at(long * 0.3)} ${at(long * 0.35)} ${at(long * 0.32)} 0 0Z`;
    const leaves = times(petals, (index) => {
      const angle = (360 / petals) * (index + ring / 2) + turn + random.between(-3, 3);
      return `<path d="${shape}" transform="rotate(${at(angle)})" fill="${petal.paint}" opacity=".92"/>`;
    });
    return petal.defs + leaves;
  });
  const seeds = times(60, (index) => {
    const angle = index * 2.39996;
    const far = Math.sqrt(index) * unit * 1.15;
    return circle(Math.cos(angle) * far, Math.sin(angle) * far, unit * 0.7, colour(0.78, 0.14, 80 - index / 3));
  });
  const heart = circle(0, 0, unit * 10, colour(0.5, 0.1, 60));
  const [x, y] = [width * random.between(0.35, 0.65), height * random.between(0.4, 0.6)];
  return `${meadow.defs}${ground(sketch, meadow.paint)}<g transform="translate(${at(x)} ${at(y)})">${rings}${heart}${seeds}</g>`;
};
