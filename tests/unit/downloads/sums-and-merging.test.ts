import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../main/features/downloads/manifest/manifest-formats.ts';
import { comparePaths, mergeRows } from '../../../main/features/downloads/manifest/merge-rows.ts';
import { formatSum, parseSum } from '../../../main/features/downloads/manifest/sums-file.ts';

const hash = 'a'.repeat(64);

describe('a line of SHA256SUMS', () => {
  it('gives back every path on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (path) => {
        const line = formatSum({ path, sha256: hash });
        expect(line).not.toMatch(/[\n\r]/);
        expect(parseSum(line)).toEqual({ path, sha256: hash });
      }),
    );
  });

  it('is escaped as coreutils do', () => {
    expect(formatSum({ path: 'a\\b\nc', sha256: hash })).toBe(`\\${hash}  a\\\\b\\nc`);
    expect(formatSum({ path: 'plain.png', sha256: hash })).toBe(`${hash}  plain.png`);
  });

  it('is also read in binary mode and with a Windows line end', () => {
    expect(parseSum(`${hash.toUpperCase()} *a b.png\r`)).toEqual({ path: 'a b.png', sha256: hash });
    for (const odd of ['', '# comment', hash, `${hash} `, `${'g'.repeat(64)}  x`])
      expect(parseSum(odd)).toBeUndefined();
  });
});

describe('merging manifests', () => {
  const row = (path: string, sha256: string, image: string): ManifestRow => ({
    path,
    sha256,
    image,
    text: `${path}${sha256}${image}`,
  });
  const rows = fc
    .array(
      fc.record({
        path: fc.constantFrom('a', 'a/b', 'b', 'é', '\u{1f600}', '\uffee'),
        sha256: fc.constantFrom('1', '2'),
        image: fc.constantFrom('x', 'y', 'z'),
      }),
      { maxLength: 8 },
    )
    .map((found) =>
      found
        .map(({ path, sha256, image }) => row(path, sha256, image))
        .sort((left, right) => comparePaths(left.path, right.path)),
    );

  async function* stream(found: readonly ManifestRow[]): AsyncGenerator<ManifestRow> {
    yield* found;
  }

  async function merge(old: readonly ManifestRow[], fresh: readonly ManifestRow[]): Promise<ManifestRow[]> {
    const merged: ManifestRow[] = [];
    for await (const each of mergeRows(stream(old), fresh)) merged.push(each);
    return merged;
  }

  it('keeps the order, every path, and what is new', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (old, fresh) => {
        const merged = await merge(old, fresh);
        expect(merged).toEqual(merged.toSorted((left, right) => comparePaths(left.path, right.path)));
        const paths = (list: readonly ManifestRow[]) => new Set(list.map(({ path }) => path));
        expect(paths(merged)).toEqual(paths([...old, ...fresh]));
        for (const { path, image } of fresh) {
          expect(merged.filter((each) => each.path === path && each.image === image)).toHaveLength(1);
        }
      }),
    );
  });

  it('drops what was said of a file that is another one now, and keeps another image of the same', async () => {
    const fresh = [row('a', '2', 'x')];
    expect(await merge([row('a', '1', 'y'), row('b', '1', 'z')], fresh)).toEqual([...fresh, row('b', '1', 'z')]);
    expect(await merge([row('a', '2', 'y'), row('a', '2', 'x')], fresh)).toEqual([...fresh, row('a', '2', 'y')]);
  });
});
