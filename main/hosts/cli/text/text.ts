const counts = new Intl.NumberFormat('en');

export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 image`, `1,204 images`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const maxCellWidth = 48;

/** Aligns cells in columns, two spaces apart; a cell over 48 characters shifts only its own line. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const lengthOf = (cell = '') => [...cell].length;
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(0, ...rows.map((row) => lengthOf(row[index])).filter((length) => length <= maxCellWidth)),
  );
  const padded = (cell: string, index: number) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - lengthOf(cell)));
  return rows.map((row) => row.map(padded).join('  ').trimEnd());
}
