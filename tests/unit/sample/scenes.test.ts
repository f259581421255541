import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import { colour } from '../../../main/features/sample/images/colour.ts';
import { drawSvg, subjects } from '../../../main/features/sample/images/scenes.ts';

const drawing = fc.record({
  subject: fc.constantFrom(...subjects),
  seed: fc.nat(),
  width: fc.integer({ min: 8, max: 900 }),
  height: fc.integer({ min: 8, max: 900 }),
  phase: fc.constantFrom(null, 0, 0.25, 0.5),
  transparent: fc.boolean(),
});

describe('a drawing', () => {
  test('is a whole SVG of its size, without a number that is none, and always the same', () => {
    fc.assert(
      fc.property(drawing, (wanted) => {
        const svg = drawSvg(wanted);
        const check = createImageCheck(crc32);
        check.push(Buffer.from(svg));
        expect(check.finish()).toMatchObject({ whole: true, type: 'svg', width: wanted.width, height: wanted.height });
        expect(svg).not.toMatch(/NaN|undefined|Infinity|e-\d/);
        expect(drawSvg(wanted)).toBe(svg);
      }),
      { numRuns: 150 },
    );
  });

  test('names every paint that it uses', () => {
    fc.assert(
      fc.property(drawing, (wanted) => {
        const svg = drawSvg(wanted);
        const made = [...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
        const used = [...svg.matchAll(/url\(#(\w+)\)/g)].map(([, id]) => id);
        expect(new Set(made).size).toBe(made.length);
        for (const id of used) expect(made).toContain(id);
      }),
      { numRuns: 100 },
    );
  });

  test('takes its colours from OKLCH', () => {
    expect([colour(0, 0, 0), colour(1, 0, 0), colour(0.628, 0.2577, 29.23)]).toEqual(['#000000', '#ffffff', '#ff0000']);
  });
});
