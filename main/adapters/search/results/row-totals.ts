import { countBits, forEachRow, subtract, type Bitmap } from '../evaluate/bitmap.ts';
import type { ImageTable } from '../table/image-table.ts';
import type { Counts, Totals } from '../engine/search-engine.ts';
import type { IntegerColumn } from '../table/integer-column.ts';

/** From so many bits of a word on, adding all its rows up, those that are out of it as 0, takes less than finding each. */
const fewBits = 10;

export function addUpRows({ numbers, sets }: ImageTable, rows: Bitmap): Totals {
  const { sizes } = numbers;
  const { exact, sized } = sets;
  let count = 0;
  let bytes = 0;
  let known = 0;
  let exactly = 0;
  for (let word = 0; word < rows.length; word++) {
    const found = rows[word] ?? 0;
    if (found === 0) continue;
    const bits = found & (sized[word] ?? 0);
    const bitCount = countBits(bits);
    count += countBits(found);
    known += bitCount;
    exactly += countBits(found & (exact[word] ?? 0));
    bytes += bitCount < fewBits ? addFew(sizes, word << 5, bits) : addMany(sizes, word << 5, bits);
  }
  return { count, bytes, approximate: known - exactly, unknown: count - known };
}

/** Counts the images that are present by account, and those that each of the syncs saw first. */
export function countGroups(table: ImageTable, syncs: readonly number[]): Pick<Counts, 'accounts' | 'added'> {
  const { keys, codes, sets, syncIds } = table;
  const byAccount = new Float64Array(keys.accountIds.length);
  const bySync = new Float64Array(syncIds.length);
  const present = subtract(sets.live.slice(), sets.gone);
  forEachRow(present, (row) => {
    byAccount[keys.accounts[row] ?? 0] = (byAccount[keys.accounts[row] ?? 0] ?? 0) + 1;
    bySync[codes.syncs[row] ?? 0] = (bySync[codes.syncs[row] ?? 0] ?? 0) + 1;
  });
  return {
    accounts: keys.accountIds.map((accountId, code) => ({ accountId, images: byAccount[code] ?? 0 })),
    added: syncs.map((sync) => bySync[syncIds.indexOf(sync)] ?? 0),
  };
}

function addFew(sizes: IntegerColumn, base: number, bits: number): number {
  let bytes = 0;
  for (let open = bits; open !== 0; open &= open - 1) bytes += sizes[base + 31 - Math.clz32(open & -open)] ?? 0;
  return bytes;
}

/** Four sums side by side, as each addition waits for the one before it. */
function addMany(sizes: IntegerColumn, base: number, bits: number): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  for (let bit = 0; bit < 32; bit += 4) {
    const at = base + bit;
    const open = bits >>> bit;
    one += (sizes[at] ?? 0) * (open & 1);
    two += (sizes[at + 1] ?? 0) * ((open >>> 1) & 1);
    three += (sizes[at + 2] ?? 0) * ((open >>> 2) & 1);
    four += (sizes[at + 3] ?? 0) * ((open >>> 3) & 1);
  }
  return one + two + three + four;
}
