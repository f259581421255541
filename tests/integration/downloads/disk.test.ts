import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { allowWriting, denyWriting, mountReadOnly, mountSmallDisk } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openBench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

describe('a disk that refuses', () => {
  it('stops the batch when it is full, which goes on once there is room', async () => {
    const disk = mountSmallDisk(40 * 4096);
    const bench = await openBench(plainImages(60, { bytes: 8_000 }));
    const { batch, failure } = await bench.download({ destination: disk.folder });
    expect(failure).toMatchObject({ code: 'disk-full' });
    expect(batch).toMatchObject({ state: 'paused', failed: 0, stop: { code: 'disk-full' } });
    expect(batch.done).toBeLessThan(30);
    expect(batch.done + batch.unsettled).toBe(60);
    disk.resize(400 * 4096);
    const later = await bench.reopen();
    must(await later.downloads.resume(batch.id));
    const { batch: whole } = must(await later.downloads.wait(batch.id));
    expect(whole).toMatchObject({ state: 'finished', done: 60, failed: 0, stop: null });
    expect(Object.keys(filesBelow(disk.folder))).toHaveLength(60);
  });

  it('stops the batch when it can only be read', async () => {
    const bench = await openBench(plainImages(30));
    const destination = mountReadOnly(temporaryFolder());
    const refused = await bench.downloads.start(bench.order({ destination }));
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    expect(bench.downloads.list(false, 10)).toEqual([]);
    allowWriting(destination);
    bench.api.onFile(1_000_001, 1, () => denyWriting(destination));
    const { batch, failure } = await bench.download({ destination, concurrency: 1 });
    expect(failure).toMatchObject({ code: 'not-writable' });
    expect(batch).toMatchObject({ state: 'paused', failed: 0 });
    expect(batch.done + batch.unsettled).toBe(30);
    expect(batch.unsettled).toBeGreaterThan(0);
  });

  it('never replaces a folder that came to stand there, whatever the policy', async () => {
    const bench = await openBench(plainImages(3));
    mkdirSync(bench.destination);
    bench.api.onFile(1_000_002, 1, () => mkdirSync(join(bench.destination, 'image-1000002.png')));
    const { batch } = await bench.download({ policy: 'overwrite' });
    expect(batch).toMatchObject({ state: 'finished', done: 3 });
    expect(Object.keys(filesBelow(bench.destination))).toContain('image-1000002 (1).png');
  });

  it('never follows a link out of the destination', async () => {
    const bench = await openBench(plainImages(2));
    const outside = temporaryFolder();
    mkdirSync(bench.destination);
    symlinkSync(outside, join(bench.destination, 'Brand'));
    writeFileSync(join(outside, 'mine.txt'), 'mine');
    await bench.download({ template: '{account}/{name}.{ext}' });
    expect(Object.keys(filesBelow(outside))).toEqual(['mine.txt']);
  });
});
