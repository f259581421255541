import { countCommon, countRows, type Bitmap } from './bitmap.ts';
import type { ImageTable } from './image-table.ts';
import type { Totals } from './search-engine.ts';

export function addUpRows({ numbers, sets }: ImageTable, rows: Bitmap): Totals {
  const { sizes } = numbers;
  const { exact, sized } = sets;
  const count = countRows(rows);
  let bytes = 0;
  for (let word = 0; word < rows.length; word++) {
    for (let open = (rows[word] ?? 0) & (sized[word] ?? 0); open !== 0; open &= open - 1) {
      bytes += sizes[(word << 5) + 31 - Math.clz32(open & -open)] ?? 0;
    }
  }
  const known = countCommon(rows, sized);
  return { count, bytes, approximate: known - countCommon(rows, exact), unknown: count - known };
}
