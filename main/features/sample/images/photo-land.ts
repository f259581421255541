import { colour } from './colour.ts';
import { at, circle, ground, linear, polygon, radial, rect, times, type Scene, type Sketch } from './sketch.ts';

/** Layered ridges fading into the haze under a low sun. */
export const mountains: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const sky = linear(sketch, 90, [
    [0, colour(0.55, 0.12, palette.hue)],
    [0.55, colour(0.8, 0.1, palette.secondHue)],
    [1, colour(0.95, 0.06, palette.secondHue + 30)],
  ]);
  const layers = 4 + random.below(3);
  const horizon = height * random.between(0.38, 0.55);
  const ridges = times(layers, (layer) => {
    const depth = layer / (layers - 1);
    const base = horizon + (height - horizon) * depth * 0.8;
    const paint = colour(0.74 - depth * 0.5, 0.05 + depth * 0.03, palette.hue + depth * 20);
    return ridge(sketch, { base, rise: unit * (16 - depth * 5), paint });
  });
  const sun = { x: width * random.between(0.2, 0.8), y: horizon - unit * random.between(4, 26) };
  return sky.defs + ground(sketch, sky.paint) + glow(sketch, sun, unit * random.between(6, 11)) + ridges;
};

type Ridge = { readonly base: number; readonly rise: number; readonly paint: string };

function ridge({ width, height, random }: Sketch, { base, rise, paint }: Ridge): string {
  const steps = 14 + random.below(10);
  const phase = random.between(0, 6);
  const points = Array.from({ length: steps + 1 }, (_, step): [number, number] => {
    const share = step / steps;
    const swell = Math.sin(share * 7 + phase) * 0.6 + Math.sin(share * 17 + phase * 3) * 0.3;
    return [share * width, base - rise * (swell + random.between(0, 0.45))];
  });
  return polygon([[0, height], ...points, [width, height]], paint);
}

function glow(sketch: Sketch, { x, y }: { x: number; y: number }, radius: number): string {
  const warm = colour(0.97, 0.06, sketch.palette.secondHue + 40);
  const halo = radial(sketch, [
    [0, warm, 0.9],
    [0.25, warm, 0.45],
    [1, warm, 0],
  ]);
  return halo.defs + circle(x, y, radius * 4.5, halo.paint) + circle(x, y, radius, warm);
}

/** The sea towards evening, with the sun's way upon it. */
export const sea: Scene = (sketch) => {
  const { width, height, unit, random, palette } = sketch;
  const horizon = height * random.between(0.42, 0.6);
  const warm = random.between(20, 80);
  const sky = linear(sketch, 90, [
    [0, colour(0.5, 0.1, palette.hue)],
    [0.7, colour(0.78, 0.12, warm - 10)],
    [1, colour(0.92, 0.1, warm)],
  ]);
  const water = linear(sketch, 90, [
    [0, colour(0.72, 0.08, warm)],
    [0.25, colour(0.5, 0.08, palette.hue)],
    [1, colour(0.26, 0.06, palette.hue)],
  ]);
  const sun = { x: width * random.between(0.3, 0.7), y: horizon - unit * random.between(0, 14) };
  const glints = times(46, (index) => {
    const depth = (index / 46) ** 1.4;
    const spread = unit * (4 + depth * 30);
    const box = {
      x: sun.x + random.between(-spread, spread) - spread * 0.4,
      y: horizon + (height - horizon) * depth + unit,
      width: spread * random.between(0.3, 0.9),
      height: unit * (0.35 + depth * 0.9),
    };
    return rect(box, colour(0.94, 0.09, warm), box.height / 2, ` opacity="${at(0.75 - depth * 0.5)}"`);
  });
  const sails = times(random.below(3), () => sail(sketch, width * random.between(0.08, 0.92), horizon));
  const surface = rect({ x: 0, y: horizon, width, height: height - horizon }, water.paint);
  return sky.defs + water.defs + ground(sketch, sky.paint) + glow(sketch, sun, unit * 7) + surface + glints + sails;
};

function sail({ unit, random }: Sketch, x: number, horizon: number): string {
  const size = unit * random.between(3, 7);
  const foot = horizon + size * 0.25;
  const hull: [number, number][] = [
    [x - size * 0.7, foot],
    [x + size * 0.7, foot],
    [x + size * 0.45, foot + size * 0.3],
    [x - size * 0.5, foot + size * 0.3],
  ];
  const cloth: [number, number][] = [
    [x, foot - size * 2],
    [x + size * 0.7, foot - size * 0.15],
    [x, foot - size * 0.15],
  ];
  return polygon(cloth, '#fdf6ea') + polygon(hull, '#3a3140');
}

/** Wind-blown dunes, lit from one side. */
export const dunes: Scene = (sketch) => {
  const { width, height, unit, random } = sketch;
  const warm = random.between(40, 85);
  const sky = linear(sketch, 90, [
    [0, colour(0.62, 0.1, warm + 190)],
    [1, colour(0.92, 0.05, warm)],
  ]);
  const layers = 5;
  const body = times(layers, (layer) => {
    const depth = layer / (layers - 1);
    const y = height * (0.42 + depth * 0.42);
    const paint = linear(sketch, 20, [
      [0, colour(0.86 - depth * 0.16, 0.09, warm)],
      [1, colour(0.58 - depth * 0.24, 0.1, warm - 18)],
    ]);
    const [first, second] = [random.between(-14, 14) * unit, random.between(-14, 14) * unit];
    const crest = `M0 ${at(y)}C${at(width * 0.3)} ${at(y + first)} ${at(width * 0.6)} ${at(y - first)} ${at(width)} ${at(y + second)}`;
    return `${paint.defs}<path d="${crest}V${height}H0Z" fill="${paint.paint}"/>`;
  });
  const sun = { x: width * random.between(0.15, 0.85), y: height * random.between(0.12, 0.3) };
  return sky.defs + ground(sketch, sky.paint) + glow(sketch, sun, unit * 5) + body;
};
