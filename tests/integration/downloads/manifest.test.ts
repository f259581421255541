import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { namedImages, plainImages } from '../../support/fake-api/fake-image.ts';
import { listingsOf, openBench, type Bench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

type Row = {
  readonly path: string;
  readonly sha256: string;
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
};

function manifestOf({ destination }: Pick<Bench, 'destination'>) {
  const text = (name: string): string => readFileSync(join(destination, name), 'utf8');
  return {
    csv: text('manifest.csv'),
    json: JSON.parse(text('manifest.json')) as Row[],
    sums: text('SHA256SUMS'),
  };
}

/** Returns the output of sha256sum for the folder's SHA256SUMS. */
function checkSums(folder: string): string {
  return execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
}

describe('the manifest', () => {
  it('names every file with its hash, in three forms', async () => {
    const bench = await openBench(namedImages(['a.png', 'b%22,c.png', 'x%0Ay.png', '%3D1%2B1.png']));
    await bench.download({ manifest: true });
    const { csv, json, sums } = manifestOf(bench);
    const files = filesBelow(bench.destination);
    expect(json).toHaveLength(4);
    for (const { path, sha256 } of json) expect(files[path]).toBe(sha256);
    expect(sums.split('\n').filter((line) => line !== '')).toHaveLength(4);
    expect(checkSums(bench.destination).match(/: OK/g)).toHaveLength(4);
    const [head, ...records] = csv.split('\r\n');
    expect(head).toBe('path,sha256,bytes,type,account,id,name,url,size,saved,note');
    expect(records.join('\r\n')).toContain('"x\ny.png"');
    expect(records.join('\r\n')).toContain('"b"",c.png"');
  });

  it('is merged when it is written again', async () => {
    const bench = await openBench(plainImages(4));
    await bench.download({ manifest: true, query: 'id:1000001..1000003' });
    await bench.download({ manifest: true, query: 'id:1000003..1000004' });
    const { json, csv } = manifestOf(bench);
    expect(json.map(({ id }) => id)).toEqual([1_000_001, 1_000_002, 1_000_003, 1_000_004]);
    expect(csv.split('\r\n')).toHaveLength(6);
    expect(checkSums(bench.destination).match(/: OK/g)).toHaveLength(4);
    await bench.download({ manifest: true });
    expect(manifestOf(bench)).toEqual({ json, csv, sums: expect.any(String) as string });
  });

  it('says the new hash of a file that gave way to another', async () => {
    const bench = await openBench(plainImages(1));
    await bench.download({ manifest: true });
    const [other] = plainImages(1, { firstId: 5 });
    if (other !== undefined) bench.api.library.replaceFile(1_000_001, other.file);
    bench.list(listingsOf(bench.api, bench.api.library.images()).map((image) => ({ ...image, sizeText: '2 Kb' })));
    await bench.download({ manifest: true, policy: 'overwrite' });
    const { json } = manifestOf(bench);
    expect(json.map(({ path }) => path)).toEqual(['image-1000001.png']);
    expect(checkSums(bench.destination)).toBe('image-1000001.png: OK\n');
  });

  it('merges one that a person has put in another order, and keeps a foreign file of its name aside', async () => {
    const bench = await openBench(plainImages(3));
    await bench.download({ manifest: true, query: 'id:>1000001' });
    const lines = manifestOf(bench).sums.trimEnd().split('\n');
    writeFileSync(join(bench.destination, 'SHA256SUMS'), `${lines.reverse().join('\r\n')}\r\n`);
    writeFileSync(join(bench.destination, 'manifest.json'), 'my own notes');
    await bench.download({ manifest: true, query: 'id:1000001' });
    expect(checkSums(bench.destination).match(/: OK/g)).toHaveLength(3);
    expect(readFileSync(join(bench.destination, 'manifest.json.old-1'), 'utf8')).toBe('my own notes');
    expect(manifestOf(bench).json).toHaveLength(1);
    expect(readdirSync(bench.destination).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of nothing is empty', async () => {
    const bench = await openBench([]);
    const { batch } = await bench.download({ manifest: true });
    expect(batch).toMatchObject({ state: 'finished', planned: 0 });
    expect(manifestOf(bench)).toMatchObject({ json: [], sums: '' });
  });
});

describe('verify', () => {
  it('goes by SHA256SUMS, and names every difference', async () => {
    const bench = await openBench(plainImages(4));
    await bench.download({ manifest: true });
    expect(must(await bench.downloads.verify(bench.destination))).toEqual({
      by: 'sums',
      checked: 4,
      differ: 0,
      differences: [],
    });
    writeFileSync(join(bench.destination, 'image-1000001.png'), 'changed');
    rmSync(join(bench.destination, 'image-1000003.png'));
    const outside = `${'0'.repeat(64)}  ../outside.png\n`;
    writeFileSync(join(bench.destination, 'SHA256SUMS'), manifestOf(bench).sums + outside);
    const verified = must(await bench.downloads.verify(bench.destination));
    expect(verified).toMatchObject({ checked: 5, differ: 3 });
    expect(verified.differences).toEqual([
      { path: '../outside.png', problem: 'unreadable' },
      { path: 'image-1000001.png', problem: 'changed' },
      { path: 'image-1000003.png', problem: 'missing' },
    ]);
  });

  it('goes by the history where there are no sums, again and again', async () => {
    const bench = await openBench(plainImages(3));
    await bench.download({ template: '{account}/{name}.{ext}' });
    rmSync(join(bench.destination, 'Brand', 'image-1000002.png'));
    const expected = {
      by: 'history',
      checked: 3,
      differ: 1,
      differences: [{ path: 'Brand/image-1000002.png', problem: 'missing' }],
    };
    expect(must(await bench.downloads.verify(bench.destination))).toEqual(expected);
    expect(must(await bench.downloads.verify(`${bench.destination}/`))).toEqual(expected);
  });

  it('says so where nothing is known', async () => {
    const bench = await openBench([]);
    expect(await bench.downloads.verify(bench.home)).toMatchObject({ ok: false, error: { code: 'nothing-known' } });
    expect(await bench.downloads.verify('/no/such/folder')).toMatchObject({
      ok: false,
      error: { code: 'nothing-known' },
    });
  });
});
