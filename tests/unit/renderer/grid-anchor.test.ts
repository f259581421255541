import { expect, test } from 'vitest';
import { anchorAt, topOf } from '../../../renderer/gallery/grid/grid-anchor.ts';
import { layOut, rowTop } from '../../../renderer/gallery/grid/grid-layout.ts';

const count = 100_000;
/** Widths after narrowing the window, opening panels, and both. */
const widths = [1420, 1410, 1136, 920, 1424];
const tileSizes = [160, 96, 200, 400];

/** Returns the distance from the top of the view to an image's row, in px. */
function offsetOf(position: number, top: number, width: number, tileSize: number): number {
  const layout = layOut(count, width, tileSize);
  return rowTop(Math.floor(position / layout.columns), layout) - top;
}

test.each([0, 1, 500, 50_000, 99_000])('the first image in view stays, however the layout changes: row %i', (row) => {
  const [width = 0] = widths;
  const layout = layOut(count, width, 160);
  const top = Math.min(row, layout.rows - 1) * layout.rowHeight + (row === 0 ? 0 : 60);
  const anchor = anchorAt(top, layout);
  expect(offsetOf(anchor.position, top, width, 160)).toBe(anchor.offset);
  for (const other of widths) {
    for (const tileSize of tileSizes) {
      const changed = layOut(count, other, tileSize);
      expect(offsetOf(anchor.position, topOf(anchor, changed), other, tileSize)).toBe(anchor.offset);
    }
  }
  // Restored after any number of changes.
  expect(topOf(anchor, layout)).toBe(top);
});

test('of an image that was nearly out of view, the foot stays in view when its row becomes lower', () => {
  const layout = layOut(count, 1420, 400);
  const anchor = anchorAt(10 * layout.rowHeight + 400, layout);
  expect(anchor.offset).toBeLessThan(-300);
  const small = layOut(count, 1420, 96);
  expect(offsetOf(anchor.position, topOf(anchor, small), 1420, 96) + small.rowHeight).toBe(24);
});

test('at the very top the view stays there', () => {
  const anchor = anchorAt(0, layOut(count, 1420, 160));
  for (const width of widths) expect(topOf(anchor, layOut(count, width, 160))).toBe(0);
});
