const counts = new Intl.NumberFormat('en');

export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 image`, `1,204 images`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const widestCell = 48;

/** Cells side by side in straight columns, two blanks apart; a cell over 48 characters shifts its own line alone. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const lengthOf = (cell = '') => [...cell].length;
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map((row) => lengthOf(row[at])).filter((length) => length <= widestCell)),
  );
  const padded = (cell: string, at: number) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - lengthOf(cell)));
  return rows.map((row) => row.map(padded).join('  ').trimEnd());
}
