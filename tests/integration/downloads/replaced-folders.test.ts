import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../main/domain/transfer/batch.ts';
import { createFolders } from '../../../main/features/downloads/disk/folders.ts';
import { placeFile } from '../../../main/features/downloads/disk/place-file.ts';
import { placeInside } from '../../../main/features/downloads/disk/place-inside.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openBench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

const order = { template: '{account}/{name}.{ext}', concurrency: 2 };

/** Downloads 40 images; calls `change` with the destination and an empty folder outside before the tenth response. */
async function downloadWhile(change: (destination: string, outside: string) => void, more = {}) {
  const bench = await openBench(plainImages(40));
  const outside = temporaryFolder();
  bench.api.onFile(1_000_010, 1, () => change(bench.destination, outside));
  const end = await bench.download({ ...order, ...more });
  return { bench, outside, ...end };
}

const replaced: readonly (readonly [string, (destination: string, outside: string) => void])[] = [
  [
    'a folder of the destination',
    (destination, outside) => {
      renameSync(join(destination, 'Brand'), join(temporaryFolder(), 'moved'));
      symlinkSync(outside, join(destination, 'Brand'));
    },
  ],
  [
    'the destination itself',
    (destination, outside) => {
      renameSync(destination, join(temporaryFolder(), 'moved'));
      symlinkSync(outside, destination);
    },
  ],
];

describe('during a download', () => {
  it.each(replaced)('%s that becomes a link stops the batch, and nothing goes there', async (_name, change) => {
    const { bench, outside, batch, failure } = await downloadWhile(change, { manifest: true });
    expect(readdirSync(outside)).toEqual([]);
    expect(failure).toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(`leads to ${outside}`) as string,
    });
    expect(batch).toMatchObject({ state: 'paused', failed: 0, stop: { code: 'not-writable' } });
    expect(batch.unsettled).toBeGreaterThan(0);

    rmSync(join(bench.destination, 'Brand'), { force: true, recursive: true });
    rmSync(bench.destination, { force: true, recursive: true });
    must(await bench.downloads.resume(batch.id));
    const later = must(await bench.downloads.wait(batch.id));
    expect(later.batch).toMatchObject({ state: 'finished', done: 40, failed: 0 });
    expect(readdirSync(outside)).toEqual([]);
  });

  it('a folder that itself was moved out, behind a link, takes no file', async () => {
    const moved = join(temporaryFolder(), 'moved');
    const { batch } = await downloadWhile((destination) => {
      renameSync(join(destination, 'Brand'), moved);
      symlinkSync(moved, join(destination, 'Brand'));
    });
    expect(batch.state).toBe('paused');
    expect(readdirSync(moved).filter((name) => !name.endsWith('.part')).length).toBe(batch.done);
  });

  it('a folder that is removed and made again is filled on', async () => {
    const { bench, batch } = await downloadWhile((destination) => {
      rmSync(join(destination, 'Brand'), { recursive: true });
      mkdirSync(join(destination, 'Brand'));
    });
    expect(batch).toMatchObject({ state: 'finished', stop: null });
    expect(batch.done + batch.failed).toBe(40);
    must(await bench.downloads.act('retry', batch.id));
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ done: 40, failed: 0 });
  });

  it('the manifest does not follow a destination that became a link at the end', async () => {
    const bench = await openBench(plainImages(1));
    const outside = temporaryFolder();
    await bench.download({ manifest: true });
    expect(Object.keys(filesBelow(bench.destination))).toContain('manifest.csv');
    renameSync(bench.destination, join(temporaryFolder(), 'moved'));
    symlinkSync(outside, bench.destination);
    // A link created between two runs is the user's choice.
    await bench.download({ manifest: true, policy: 'overwrite' });
    expect(readdirSync(outside).sort()).toContain('manifest.csv');
  });
});

/** Moves a file to its final name while its folder changes between the check and the move. */
async function placeWhile(change: (folder: string, outside: string) => void, replace = false) {
  const destination = temporaryFolder();
  const outside = join(temporaryFolder(), 'outside');
  const folders = createFolders();
  const batch = { id: 1, destination } as Batch;
  must(await folders.make(batch, 'Brand', false));
  const [from, to] = [join(destination, 'Brand', 'a.png.part'), join(destination, 'Brand', 'a.png')];
  writeFileSync(from, 'the whole file');
  const placed = await placeInside(
    {
      folders,
      async placeFile(...placement) {
        change(dirname(to), outside);
        return placeFile(...placement);
      },
    },
    batch,
    { from, to, path: 'Brand/a.png', replace },
  );
  return { placed, outside, destination, to };
}

describe('between the check and the placement', () => {
  it.each([false, true])(
    'a folder that is moved out, behind a link, loses the file again (replacing: %s)',
    async (replace) => {
      const { placed, outside } = await placeWhile((folder, elsewhere) => {
        renameSync(folder, elsewhere);
        symlinkSync(elsewhere, folder);
      }, replace);
      expect(placed).toMatchObject({ ok: false, error: { code: 'not-writable', concerns: 'disk', canRetry: false } });
      expect(readdirSync(outside)).toEqual([]);
    },
  );

  it('a file of another that stands where the link leads is not taken back', async () => {
    const { placed, outside } = await placeWhile((folder, elsewhere) => {
      renameSync(folder, elsewhere);
      symlinkSync(elsewhere, folder);
      writeFileSync(join(elsewhere, 'a.png'), 'mine');
    });
    expect(placed).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    expect(readFileSync(join(outside, 'a.png'), 'utf8')).toBe('mine');
  });

  it('a folder that stays inside the destination keeps the file', async () => {
    const { placed, to } = await placeWhile((folder) => {
      renameSync(folder, `${folder} 2`);
      symlinkSync(`${folder} 2`, folder);
    });
    expect(placed).toEqual({ ok: true, value: 'placed' });
    expect(readFileSync(to, 'utf8')).toBe('the whole file');
  });
});
