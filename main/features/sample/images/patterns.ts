import { colour } from './colour.ts';
import { at, circle, fraction, ground, linear, polygon, rect, times, type Scene, type Sketch } from './sketch.ts';

/** Grounds and textures. */
export const pattern: Scene = (sketch) => {
  const draw = sketch.random.pick([bubbles, waves, triangles, terrazzo, arcs, stripes, clouds] as const);
  return draw(sketch);
};

function wash(sketch: Sketch): { defs: string; paint: string } {
  return linear(sketch, 45, [
    [0, sketch.palette.light],
    [1, sketch.palette.second],
  ]);
}

/** In an animation they rise. */
export const bubbles: Scene = (sketch) => {
  const { width, height, unit, random, palette, phase } = sketch;
  const back = wash(sketch);
  const drops = times(16, () => {
    const radius = unit * random.between(4, 20);
    const way = height + radius * 2;
    const y = ((random.next() + 1 - phase) % 1) * way - radius;
    const paint = colour(random.between(0.76, 0.92), 0.12, palette.hue + random.between(0, 90));
    return circle(random.next() * width, y, radius, paint, ' opacity=".6"');
  });
  return back.defs + ground(sketch, back.paint) + drops;
};

export const waves: Scene = (sketch) => {
  const { width, height, random, palette, phase } = sketch;
  const rows = 9 + random.below(6);
  const pitch = height / rows;
  const long = width / (2 + random.below(4));
  const bands = times(rows + 1, (row) => {
    const y = row * pitch;
    const start = -long * (1 + (row % 2) * 0.5 + phase);
    const swell = `q${at(long / 4)} ${at(-pitch)} ${at(long / 2)} 0t${at(long / 2)} 0`;
    const paint = colour(0.9 - (row / rows) * 0.5, 0.09, palette.hue + row * 4);
    return `<path d="M${at(start)} ${at(y)}${swell.repeat(Math.ceil(width / long) + 3)}V${height}H${at(start)}Z" fill="${paint}"/>`;
  });
  return ground(sketch, colour(0.95, 0.04, palette.hue)) + bands;
};

const triangles: Scene = (sketch) => {
  const { width, height, random, palette, unit } = sketch;
  const side = unit * random.between(11, 20);
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  const paint = (x: number, y: number): string => {
    const share = (x / columns + y / rows) / 2;
    return colour(0.88 - share * 0.45 + random.between(-0.06, 0.06), 0.12, palette.hue + share * 70);
  };
  const tiles = times(columns * rows, (index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const [x, y, right, foot] = [column * side, row * side, (column + 1) * side, (row + 1) * side];
    const rising = (column + row) % 2 === 0;
    const first: [number, number][] = rising
      ? [
          [x, y],
          [right, y],
          [x, foot],
        ]
      : [
          [x, y],
          [right, y],
          [right, foot],
        ];
    const second: [number, number][] = rising
      ? [
          [right, y],
          [right, foot],
          [x, foot],
        ]
      : [
          [x, y],
          [right, foot],
          [x, foot],
        ];
    return polygon(first, paint(column, row)) + polygon(second, paint(column, row));
  });
  return ground(sketch, palette.mid) + tiles;
};

const terrazzo: Scene = (sketch) => {
  const { width, height, random, palette, unit } = sketch;
  const paints = [palette.mid, palette.accent, palette.third, palette.deep, palette.light] as const;
  const chips = times(90, () => {
    const [x, y, size] = [random.next() * width, random.next() * height, unit * random.between(1.5, 7)];
    const corners = 4 + random.below(3);
    const points = Array.from({ length: corners }, (_, corner): [number, number] => {
      const angle = (corner / corners) * 2 * Math.PI + random.between(0, 0.7);
      return [x + Math.cos(angle) * size * random.between(0.6, 1), y + Math.sin(angle) * size * random.between(0.6, 1)];
    });
    return polygon(points, random.pick(paints));
  });
  return ground(sketch, palette.paper) + chips;
};

/** Quarter circles on a grid, after Truchet. */
const arcs: Scene = (sketch) => {
  const { width, height, random, palette, unit } = sketch;
  const side = unit * random.between(12, 22);
  const columns = Math.ceil(width / side);
  const tiles = times(columns * Math.ceil(height / side), (index) => {
    const [x, y] = [(index % columns) * side, Math.floor(index / columns) * side];
    const paint = random.pick([palette.mid, palette.accent, palette.third, palette.deep] as const);
    const turn = random.below(4) * 90;
    const shape = random.chance(0.6)
      ? `M0 0H${at(side)}A${at(side)} ${at(side)} 0 0 1 0 ${at(side)}Z`
      : `M0 0H${at(side)}V${at(side)}Z`;
    const place = `translate(${at(x)} ${at(y)}) rotate(${turn} ${at(side / 2)} ${at(side / 2)})`;
    return `<path d="${shape}" transform="${place}" fill="${paint}"/>`;
  });
  return ground(sketch, palette.paper) + tiles;
};

const stripes: Scene = (sketch) => {
  const { width, height, random, palette, unit } = sketch;
  const far = width + height;
  let x = -far;
  let bands = '';
  while (x < far) {
    const wide = unit * random.between(2, 12);
    const paint = random.pick([palette.light, palette.mid, palette.accent, palette.third, palette.paper] as const);
    bands += rect({ x, y: -far, width: wide + 1, height: far * 2 }, paint);
    x += wide;
  }
  const turn = random.pick([20, 35, 45, -30, 90] as const);
  return `${ground(sketch, palette.paper)}<g transform="rotate(${turn} ${at(width / 2)} ${at(height / 2)})">${bands}</g>`;
};

/** Fractal noise in two colours: clouds, marble, paper. */
const clouds: Scene = (sketch) => {
  const { width, height, random, palette, unit } = sketch;
  const id = sketch.id();
  const often = 1 / (unit * random.between(18, 60));
  const noise = `<feTurbulence type="fractalNoise" baseFrequency="${often.toFixed(5)} ${(often * random.between(0.6, 2)).toFixed(5)}" numOctaves="5" seed="${random.below(9999)}"/>`;
  const strength = fraction(random.between(1.6, 2.6));
  const veil = `<feColorMatrix values="0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 ${strength} 0 0 0 -.62"/>`;
  const filter = `<defs><filter id="${id}" x="0" y="0" width="1" height="1">${noise}${veil}</filter></defs>`;
  const back = linear(sketch, 90, [
    [0, palette.deep],
    [1, palette.second],
  ]);
  return `${back.defs}${filter}${ground(sketch, back.paint)}<rect width="${width}" height="${height}" filter="url(#${id})"/>`;
};
