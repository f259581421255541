/** Whole numbers from 0, in 16 bits each until one of them needs more. */
export type WholeColumn = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** The column with the value in it: another one where it did not fit. */
export function putWhole(column: WholeColumn, row: number, value: number): WholeColumn {
  const fitting = value > 0xffff && column instanceof Uint16Array ? Uint32Array.from(column) : column;
  fitting[row] = value;
  return fitting;
}

/** A copy with room for so many rows. */
export function growWhole(column: WholeColumn, rows: number): WholeColumn {
  const grown = column instanceof Uint16Array ? new Uint16Array(rows) : new Uint32Array(rows);
  grown.set(column);
  return grown;
}
