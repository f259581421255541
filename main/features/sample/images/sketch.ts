import type { Random } from '../randomness.ts';
import type { Palette } from './colour.ts';

/** What a scene draws with. Lengths are in the picture's own pixels; `unit` is a hundredth of its shorter side. */
export type Sketch = {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  readonly random: Random;
  readonly palette: Palette;
  /** From 0 up to, not including, 1: where in its loop an animation stands. */
  readonly phase: number;
  /** No ground is drawn: the picture is to be laid over others. */
  readonly transparent: boolean;
  /** An id that no other element of the picture has. */
  id(): string;
};

/** A scene gives the inside of an `<svg>`; the same sketch gives the same markup. */
export type Scene = (sketch: Sketch) => string;

/** A coordinate as SVG text, short and the same on every machine. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export type Stop = readonly [offset: number, colour: string, opacity?: number];

/** A gradient along an angle in degrees (0 to the right, 90 downwards), and the paint that uses it. */
export function linear(sketch: Sketch, degrees: number, stops: readonly Stop[]): { defs: string; paint: string } {
  const id = sketch.id();
  const radians = (degrees * Math.PI) / 180;
  const [x, y] = [Math.cos(radians) / 2, Math.sin(radians) / 2];
  const ends = `x1="${fraction(0.5 - x)}" y1="${fraction(0.5 - y)}" x2="${fraction(0.5 + x)}" y2="${fraction(0.5 + y)}"`;
  return {
    defs: `<defs><linearGradient id="${id}" ${ends}>${stopsOf(stops)}</linearGradient></defs>`,
    paint: `url(#${id})`,
  };
}

/** A gradient from the middle of what it paints to its edge. */
export function radial(sketch: Sketch, stops: readonly Stop[]): { defs: string; paint: string } {
  const id = sketch.id();
  return {
    defs: `<defs><radialGradient id="${id}">${stopsOf(stops)}</radialGradient></defs>`,
    paint: `url(#${id})`,
  };
}

function stopsOf(stops: readonly Stop[]): string {
  return stops
    .map(([offset, paint, opacity]) => {
      const seen = opacity === undefined ? '' : ` stop-opacity="${fraction(opacity)}"`;
      return `<stop offset="${fraction(offset)}" stop-color="${paint}"${seen}/>`;
    })
    .join('');
}

/** A share from 0 to 1 as SVG text. */
export function fraction(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

export function ground(sketch: Sketch, paint: string): string {
  return sketch.transparent ? '' : `<rect width="${sketch.width}" height="${sketch.height}" fill="${paint}"/>`;
}

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export function rect(box: Box, paint: string, radius = 0, more = ''): string {
  const round = radius > 0 ? ` rx="${at(radius)}"` : '';
  return `<rect x="${at(box.x)}" y="${at(box.y)}" width="${at(box.width)}" height="${at(box.height)}"${round} fill="${paint}"${more}/>`;
}

export function circle(x: number, y: number, radius: number, paint: string, more = ''): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${paint}"${more}/>`;
}

/** Joins what a count of draws gives. */
export function times(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

/** A closed shape from points. */
export function polygon(points: readonly (readonly [number, number])[], paint: string, more = ''): string {
  const list = points.map(([x, y]) => `${at(x)} ${at(y)}`).join(' ');
  return `<polygon points="${list}" fill="${paint}"${more}/>`;
}
