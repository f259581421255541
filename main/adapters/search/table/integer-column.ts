/** Whole numbers, in as few bytes each as the largest of them needs; a negative one needs the most. */
export type IntegerColumn =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

const numberWidths = [1, 2, 4, 8] as const;
/** Bytes a number takes; in 8 stand all that JavaScript holds exactly. */
export type NumberWidth = (typeof numberWidths)[number];

export function createIntegerColumn(rows: number, width: NumberWidth): IntegerColumn {
  if (width === 1) return new Uint8Array(rows);
  if (width === 2) return new Uint16Array(rows);
  return width === 4 ? new Uint32Array(rows) : new Float64Array(rows);
}

/** The column with the value in it: another one where it did not fit. */
export function putInteger(column: IntegerColumn, row: number, value: number): IntegerColumn {
  const fitting = isFitting(column, value) ? column : copyOf(column, column.length, widthFor(value));
  fitting[row] = value;
  return fitting;
}

/** A copy with room for so many rows. */
export function growIntegerColumn(column: IntegerColumn, rows: number): IntegerColumn {
  return copyOf(column, rows, widthOf(column));
}

export function widthOf(column: IntegerColumn): NumberWidth {
  return numberWidths.find((width) => width === column.BYTES_PER_ELEMENT) ?? 8;
}

function isFitting(column: IntegerColumn, value: number): boolean {
  return column.BYTES_PER_ELEMENT === 8 || (value >= 0 && value < 2 ** (8 * column.BYTES_PER_ELEMENT));
}

function widthFor(value: number): NumberWidth {
  if (value < 0) return 8;
  if (value <= 0xff) return 1;
  if (value <= 0xffff) return 2;
  return value <= 0xffffffff ? 4 : 8;
}

function copyOf(column: IntegerColumn, rows: number, width: NumberWidth): IntegerColumn {
  const copy = createIntegerColumn(rows, width);
  copy.set(column);
  return copy;
}
