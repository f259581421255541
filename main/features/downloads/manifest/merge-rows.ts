import { sep } from 'node:path';
import type { ManifestRow } from './manifest-formats.ts';

/** The order in which the history gives absolute paths: of this system's separators, and of UTF-8's bytes. */
export function comparePaths(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(orderOf(left), orderOf(right));
}

function orderOf(path: string): Buffer {
  return Buffer.from(path.replaceAll('/', sep));
}

/**
 * Both in order of path. What is new takes the place of what was said of the same file, unless that is another image
 * with the same content.
 */
export async function* mergeRows(
  old: AsyncIterable<ManifestRow>,
  fresh: Iterable<ManifestRow>,
): AsyncGenerator<ManifestRow> {
  const earlier = old[Symbol.asyncIterator]();
  let before = await earlier.next();
  for (const group of groupsOf(fresh)) {
    const path = group[0]?.path ?? '';
    while (before.done !== true && comparePaths(before.value.path, path) < 0) {
      yield before.value;
      before = await earlier.next();
    }
    yield* group;
    while (before.done !== true && before.value.path === path) {
      if (isAnotherImage(before.value, group)) yield before.value;
      before = await earlier.next();
    }
  }
  for (; before.done !== true; before = await earlier.next()) yield before.value;
}

function isAnotherImage(row: ManifestRow, group: readonly ManifestRow[]): boolean {
  const isSameFile = group.every(({ sha256 }) => sha256 === row.sha256);
  return isSameFile && group.every(({ image }) => image !== row.image);
}

/** Rows of one file together; of SHA256SUMS only the first, as it names files and not images. */
function* groupsOf(rows: Iterable<ManifestRow>): Generator<readonly ManifestRow[]> {
  let group: ManifestRow[] = [];
  for (const row of rows) {
    if (group[0] !== undefined && group[0].path !== row.path) {
      yield group;
      group = [];
    }
    if (!group.some(({ image }) => image === row.image)) group.push(row);
  }
  if (group.length > 0) yield group;
}
