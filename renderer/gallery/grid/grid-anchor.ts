import { rowTop, type GridLayout } from './grid-layout.ts';

/** The image that stays where it is while the layout around it changes. */
export type GridAnchor = {
  readonly position: number;
  /** From the top of the view to the top of the image's row, in px; below zero where a part of it is above the view. */
  readonly offset: number;
  /** How much of its row was in view, in px. */
  readonly visible: number;
};

/** In px. */
const leastVisible = 24;

/** The first image whose row is in view. */
export function anchorAt(layoutTop: number, layout: GridLayout): GridAnchor {
  const row = Math.max(0, Math.floor(layoutTop / layout.rowHeight));
  return anchorOf(row * layout.columns, layoutTop, layout);
}

/** The image at a position, wherever it stands. */
export function anchorOf(position: number, layoutTop: number, layout: GridLayout): GridAnchor {
  const offset = rowTop(Math.floor(position / layout.columns), layout) - layoutTop;
  return { position, offset, visible: offset + layout.rowHeight };
}

/**
 * The layout's top that shows the image at its offset again. Where its row became so much lower that it would be out
 * of view, the foot of it stays in view.
 */
export function topOf({ position, offset, visible }: GridAnchor, layout: GridLayout): number {
  const lowest = Math.min(visible, leastVisible) - layout.rowHeight;
  return rowTop(Math.floor(position / layout.columns), layout) - Math.max(offset, lowest);
}
