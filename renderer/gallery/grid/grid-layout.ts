/** A square grid with a caption under each picture; all in px. */
export type GridLayout = {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  /** From the top of a row to the top of the next. */
  readonly rowHeight: number;
  readonly contentHeight: number;
};

export type RowRange = { readonly first: number; readonly last: number };

export const gap = 10;
/** Between the content and the edges of the view. */
export const margin = 14;
const captionHeight = 30;
/** Drawn beyond what is visible, so that a wheel's step finds pictures there: people go down more than up. */
const overscan = { above: 1, below: 2 } as const;

export function layOut(count: number, width: number, tileSize: number): GridLayout {
  const inner = Math.max(tileSize, width - 2 * margin);
  const columns = Math.max(1, Math.floor((inner + gap) / (tileSize + gap)));
  const cellWidth = Math.floor((inner - gap * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  const rowHeight = cellWidth + captionHeight;
  return { columns, rows, cellWidth, rowHeight, contentHeight: rows === 0 ? 0 : rows * rowHeight + 2 * margin };
}

export function rowTop(row: number, { rowHeight }: GridLayout): number {
  return margin + row * rowHeight;
}

/**
 * The rows to be drawn, both included; `last` is -1 where there is none. Wherever the view stands they are as many, but
 * for the ends, so that each keeps its element while it is in sight.
 */
export function rowsInView(layoutTop: number, viewportHeight: number, layout: GridLayout): RowRange {
  const first = Math.max(0, Math.floor((layoutTop - margin) / layout.rowHeight) - overscan.above);
  return { first, last: Math.min(layout.rows, first + rowsDrawn(viewportHeight, layout)) - 1 };
}

/** How many rows are drawn at once. */
export function rowsDrawn(viewportHeight: number, { rowHeight }: GridLayout): number {
  return Math.ceil(viewportHeight / rowHeight) + 1 + overscan.above + overscan.below;
}

/** How far to move so that a row is wholly in view; the least way. */
export function topToShow(row: number, layoutTop: number, viewportHeight: number, layout: GridLayout): number {
  const top = rowTop(row, layout) - margin / 2;
  const bottom = top + layout.rowHeight + margin / 2;
  if (top < layoutTop) return row === 0 ? 0 : top;
  return bottom > layoutTop + viewportHeight ? bottom - viewportHeight : layoutTop;
}
