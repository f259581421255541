import { lettering } from './lettering.ts';
import { at, circle, fraction, ground, linear, rect, times, type Box, type Scene, type Sketch } from './sketch.ts';

/** A figure as reports show them. In an animation it grows. */
export const chart: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const isDark = random.chance(0.3);
  const ink = isDark ? '#e8eaf2' : palette.ink;
  const draw = random.pick([bars, area, donut, stacked, heat] as const);
  const plot = { x: unit * 9, y: unit * 24, width: width - unit * 18, height: height - unit * 34 };
  const title = random.pick([
    'Q1 RESULTS',
    'WAVE 12',
    'BRAND LIFT',
    'NPS 2026',
    'AWARENESS',
    'PANEL 7',
    'TOP 2 BOX 64%',
  ] as const);
  const head = lettering({ text: title, x: unit * 9, y: unit * 9, height: unit * 5 }, ink, 0.9);
  const sub = rect(
    { x: unit * 9, y: unit * 17, width: unit * random.between(20, 45), height: unit * 1.8 },
    ink,
    unit,
    ' opacity=".25"',
  );
  return ground(sketch, isDark ? palette.ink : '#fcfcfe') + head + sub + draw(sketch, plot);
};

type Draw = (sketch: Sketch, plot: Box) => string;

/** How far an animation has drawn the figure: all of it where nothing moves. */
function grown({ phase }: Sketch): number {
  return phase === 0 ? 1 : 0.35 + 0.65 * phase;
}

function grid({ unit, palette }: Sketch, plot: Box): string {
  return times(5, (line) => {
    const y = plot.y + (plot.height * line) / 4;
    return rect({ x: plot.x, y, width: plot.width, height: unit * 0.35 }, palette.light, 0, ' opacity=".6"');
  });
}

const bars: Draw = (sketch, plot) => {
  const { random, palette, unit } = sketch;
  const count = 4 + random.below(7);
  const pitch = plot.width / count;
  const best = random.below(count);
  const columns = times(count, (index) => {
    const tall = plot.height * random.between(0.2, 0.95) * grown(sketch);
    const box = {
      x: plot.x + pitch * (index + 0.16),
      y: plot.y + plot.height - tall,
      width: pitch * 0.68,
      height: tall,
    };
    return rect(box, index === best ? palette.accent : palette.mid, unit * 1.2);
  });
  return grid(sketch, plot) + columns;
};

const area: Draw = (sketch, plot) => {
  const { random, palette, unit } = sketch;
  const curves = times(2, (curve) => {
    const count = 9;
    const level = curve === 0 ? 0.65 : 0.35;
    const heights = Array.from(
      { length: count },
      (_, index) => level + Math.sin(index * 0.8 + curve * 2) * 0.12 + random.between(-0.1, 0.1),
    );
    const points = heights.map((share, index): [number, number] => {
      return [plot.x + (plot.width * index) / (count - 1), plot.y + plot.height * (1 - share * grown(sketch))];
    });
    const paint = curve === 0 ? palette.mid : palette.accent;
    const fade = linear(sketch, 90, [
      [0, paint, 0.5],
      [1, paint, 0.04],
    ]);
    const line = smooth(points);
    const below = `${line}V${at(plot.y + plot.height)}H${at(plot.x)}Z`;
    const pen = `fill="none" stroke="${paint}" stroke-width="${at(unit * 1.1)}" stroke-linecap="round"`;
    const dots = points.map(([x, y]) =>
      circle(x, y, unit * 1.1, '#fff', ` stroke="${paint}" stroke-width="${at(unit * 0.7)}"`),
    );
    return `${fade.defs}<path d="${below}" fill="${fade.paint}"/><path d="${line}" ${pen}/>${dots.join('')}`;
  });
  return grid(sketch, plot) + curves;
};

function smooth(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${at(x)} ${at(y)}`;
      const middle = (before[0] + x) / 2;
      return `C${at(middle)} ${at(before[1])} ${at(middle)} ${at(y)} ${at(x)} ${at(y)}`;
    })
    .join('');
}

const donut: Draw = (sketch, plot) => {
  const { random, palette } = sketch;
  const radius = Math.min(plot.width, plot.height) * 0.36;
  const round = 2 * Math.PI * radius;
  const [x, y] = [plot.x + plot.width * 0.5, plot.y + plot.height * 0.48];
  const paints = [palette.mid, palette.accent, palette.third, palette.light, palette.deep];
  let begun = 0;
  const slices = paints.map((paint, index) => {
    const share = index === 4 ? 1 - begun : (1 - begun) * random.between(0.25, 0.5);
    const turn = begun * 360 - 90;
    begun += share;
    const drawn = Math.max(1, round * share * grown(sketch) - radius * 0.03);
    const pen = ` stroke="${paint}" stroke-width="${at(radius * 0.46)}" stroke-dasharray="${at(drawn)} ${at(round)}"`;
    return circle(x, y, radius, 'none', `${pen} transform="rotate(${at(turn)} ${at(x)} ${at(y)})"`);
  });
  return slices.join('');
};

const stacked: Draw = (sketch, plot) => {
  const { random, palette } = sketch;
  const paints = [palette.deep, palette.mid, palette.light, palette.third, palette.accent];
  const count = 4 + random.below(3);
  const pitch = plot.height / count;
  return times(count, (row) => {
    let x = plot.x;
    return paints
      .map((paint, index) => {
        const left = plot.x + plot.width - x;
        const wide =
          (index === paints.length - 1 ? left : left * random.between(0.15, 0.4)) * (index === 4 ? grown(sketch) : 1);
        const box = { x, y: plot.y + pitch * (row + 0.15), width: wide, height: pitch * 0.7 };
        x += wide;
        return rect(box, paint);
      })
      .join('');
  });
};

const heat: Draw = (sketch, plot) => {
  const { random, palette } = sketch;
  const [columns, rows] = [8 + random.below(6), 5 + random.below(3)];
  const [wide, tall] = [plot.width / columns, plot.height / rows];
  return times(columns * rows, (index) => {
    const box = {
      x: plot.x + (index % columns) * wide,
      y: plot.y + Math.floor(index / columns) * tall,
      width: wide * 0.92,
      height: tall * 0.9,
    };
    const strength = random.next() ** 1.5 * grown(sketch);
    return rect(
      box,
      strength > 0.6 ? palette.accent : palette.mid,
      wide * 0.12,
      ` opacity="${fraction(0.12 + strength * 0.88)}"`,
    );
  });
};
