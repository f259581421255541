import { statfsSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { mountSmallDisk } from '../../support/mounts.ts';
import { listingsOf, openBench } from './bench-test.ts';
import { filesBelow, openWorkbench } from './workbench.ts';

const count = 600;

describe('the disk of the product’s own data', () => {
  it('stops the batch when it is full, with nothing lost and nothing claimed', async () => {
    const images = plainImages(count);
    const disk = mountSmallDisk(2_500 * 4096);
    const elsewhere = await openBench(images);
    const home = disk.folder;
    const settings = { home, origin: elsewhere.api.origin };
    const bench = openWorkbench(settings);
    bench.list(listingsOf(elsewhere.api, images));
    elsewhere.api.faultFiles(faults.slow(200, 2));
    const { batch } = must(await bench.downloads.start(elsewhere.order({ concurrency: 4 })));
    while ((bench.downloads.list(false, 1)[0]?.done ?? 0) < 10) await new Promise((resolve) => setImmediate(resolve));
    const { bavail, bsize } = statfsSync(home);
    writeFileSync(join(home, 'ballast'), Buffer.alloc(bavail * bsize));
    elsewhere.api.clearFaults();
    const { failure } = must(await bench.downloads.wait(batch.id));
    expect(failure).toMatchObject({ code: 'disk-full' });
    const done = bench.downloads.list(false, 1)[0]?.done ?? 0;
    expect(done).toBeLessThan(count);
    await bench.close();

    rmSync(join(home, 'ballast'));
    const later = openWorkbench(settings);
    must(await later.downloads.act('resume', batch.id));
    const { batch: whole } = must(await later.downloads.wait(batch.id));
    expect(whole).toMatchObject({ state: 'finished', planned: count, failed: 0, unsettled: 0 });
    const files = filesBelow(elsewhere.destination);
    expect(Object.keys(files)).toHaveLength(count);
    expect(Object.keys(files).filter((name) => name.endsWith('.part'))).toEqual([]);
    await later.close();
  });
});
