import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, rowsInView, rowTop, topToShow } from '../../../renderer/gallery/grid/grid-layout.ts';
import { afterScroll, longestScroll, offsetAt, scrollHeight } from '../../../renderer/lists/scroll-space.ts';

const viewportHeight = 700;
const short = { contentHeight: 90_000, viewportHeight };
/** A million images in four columns of 300 px. */
const long = { contentHeight: 75_000_000, viewportHeight };
const lastLayout = long.contentHeight - viewportHeight;
const lastScroll = longestScroll - viewportHeight;

describe('scroll space', () => {
  it('is layout space itself while the browser can take it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 89_300 }), (scrollTop) => {
        expect(afterScroll({ scrollTop: 0, layoutTop: 0 }, scrollTop, short).layoutTop).toBe(scrollTop);
        expect(offsetAt(scrollTop, short)).toEqual({ scrollTop, layoutTop: scrollTop });
      }),
    );
    expect(scrollHeight(short)).toBe(90_000);
    expect(scrollHeight(long)).toBe(longestScroll);
  });

  it('moves small steps one to one, in the middle of a million', () => {
    const from = offsetAt(40_000_000, long);
    const after = afterScroll(from, from.scrollTop + 120, long);
    expect(after.layoutTop).toBe(40_000_120);
  });

  it('moves jumps in proportion', () => {
    const after = afterScroll({ scrollTop: 0, layoutTop: 0 }, lastScroll / 2, long);
    expect(after.layoutTop).toBeCloseTo(lastLayout / 2, 0);
  });

  it('reaches both ends, by whatever steps', () => {
    const steps = fc.array(fc.integer({ min: -3_000_000, max: 3_000_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (moves) => {
        let place = offsetAt(0, long);
        for (const move of moves) {
          place = afterScroll(place, Math.min(lastScroll, Math.max(0, place.scrollTop + move)), long);
          expect(place.layoutTop).toBeGreaterThanOrEqual(0);
          expect(place.layoutTop).toBeLessThanOrEqual(lastLayout);
        }
        expect(afterScroll(place, lastScroll, long).layoutTop).toBe(lastLayout);
        expect(afterScroll(place, 0, long).layoutTop).toBe(0);
      }),
    );
  });

  it('leaves room to scroll on while there is more to see', () => {
    expect(offsetAt(1, long).scrollTop).toBeGreaterThan(0);
    expect(offsetAt(lastLayout - 1, long).scrollTop).toBeLessThan(lastScroll);
    expect(offsetAt(lastLayout, long).scrollTop).toBe(lastScroll);
    expect(offsetAt(-50, long)).toEqual({ scrollTop: 0, layoutTop: 0 });
  });
});

describe('the grid', () => {
  const layout = layOut(1_000_000, 1000, 176);

  it('fills its width with whole columns', () => {
    expect(layout.columns).toBe(5);
    expect(layout.columns * layout.cellWidth + (layout.columns - 1) * 10).toBeLessThanOrEqual(1000 - 28);
    expect(layOut(3, 50, 176).columns).toBe(1);
    expect(layOut(0, 1000, 176).contentHeight).toBe(0);
  });

  it('draws the rows in view and a few beside them', () => {
    const rows = rowsInView(rowTop(500, layout), viewportHeight, layout);
    expect(rows.first).toBe(499);
    expect(rows.last).toBeLessThan(508);
    expect(rowsInView(0, viewportHeight, layOut(0, 1000, 176)).last).toBe(-1);
    expect(rowsInView(layout.contentHeight, viewportHeight, layout).last).toBe(layout.rows - 1);
  });

  it('moves no further than it must to show a row', () => {
    expect(topToShow(501, rowTop(500, layout), viewportHeight, layout)).toBe(rowTop(500, layout));
    expect(topToShow(0, 5000, viewportHeight, layout)).toBe(0);
    const below = topToShow(900, 0, viewportHeight, layout);
    expect(rowTop(900, layout) + layout.rowHeight).toBeLessThanOrEqual(below + viewportHeight);
  });
});
