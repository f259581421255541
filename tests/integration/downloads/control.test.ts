import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, openWorkbench } from './workbench.ts';

const count = 40;

/** Starts a slow batch with two concurrent transfers. */
async function slowBatch(): Promise<{ bench: Bench; id: number }> {
  const bench = await openBench(plainImages(count, { bytes: 20_000 }));
  bench.api.faultFiles(faults.slow(2_000, 25));
  const { batch } = must(await bench.downloads.start(bench.order({ concurrency: 2 })));
  return { bench, id: batch.id };
}

const viewOf = (bench: Bench, id: number) => bench.downloads.list(false, 10).find((batch) => batch.id === id);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a batch under way', () => {
  it('pauses by one row, stays paused over a restart, and goes on where it was', async () => {
    const { bench, id } = await slowBatch();
    await until(() => (viewOf(bench, id)?.done ?? 0) > 3);
    expect(must(await bench.downloads.act('pause', id))).toBeGreaterThan(0);
    const paused = viewOf(bench, id);
    expect(paused).toMatchObject({ state: 'paused', planned: count });
    const states = new Set(must(bench.downloads.transfers(id, undefined, 0, count)).map(({ state }) => state));
    expect([...states].sort()).toEqual(['done', 'queued']);

    const later = await bench.reopen();
    expect(viewOf(later, id)).toEqual(paused);
    later.api.clearFaults();
    must(await later.downloads.resume(id));
    const { batch } = must(await later.downloads.wait(id));
    expect(batch).toMatchObject({ state: 'finished', done: count, unsettled: 0 });
    expect(Object.keys(filesBelow(later.destination))).toHaveLength(count);
  });

  it('is cancelled with all that is left of it, and leaves no part file', async () => {
    const { bench, id } = await slowBatch();
    await until(() => (viewOf(bench, id)?.done ?? 0) > 3);
    const cancelled = must(await bench.downloads.act('cancel', id));
    const batch = viewOf(bench, id);
    expect(batch).toMatchObject({ state: 'cancelled', cancelled, unsettled: 0, planned: count });
    expect(Object.keys(filesBelow(bench.destination))).toHaveLength(batch?.done ?? -1);
    expect(batch?.done).toBe(count - cancelled);
    expect(must(await bench.downloads.act('pause', id))).toBe(0);
    const rows = must(bench.downloads.transfers(id, 'cancelled', 0, 1));
    bench.api.clearFaults();
    expect(must(await bench.downloads.act('retry', id, rows[0]?.seq))).toBe(1);
    expect(must(await bench.downloads.wait(id)).batch).toMatchObject({ state: 'finished', cancelled: cancelled - 1 });
  });

  it('lets single files be paused, taken up again and cancelled', async () => {
    const { bench, id } = await slowBatch();
    const { downloads } = bench;
    await until(() => must(downloads.transfers(id, 'active', 0, 5)).length === 2);
    const [active] = must(downloads.transfers(id, 'active', 0, 1));
    expect(must(await downloads.act('pause', id, active?.seq))).toBe(1);
    expect(must(await downloads.act('pause', id, count - 1))).toBe(1);
    expect(must(await downloads.act('cancel', id, count - 2))).toBe(1);
    expect(must(await downloads.act('cancel', id, count - 2))).toBe(0);
    bench.api.clearFaults();
    const idle = must(await downloads.wait(id));
    expect(idle.batch).toMatchObject({ state: 'paused', done: count - 3, cancelled: 1, unsettled: 2 });
    expect(must(await downloads.act('resume', id, active?.seq))).toBe(1);
    expect(must(await downloads.act('resume', id))).toBeGreaterThan(0);
    expect(must(await downloads.wait(id)).batch).toMatchObject({ state: 'finished', done: count - 1, cancelled: 1 });
  });

  it('resumes the paused files of a batch as pages ask for it', async () => {
    const { bench, id } = await slowBatch();
    const { downloads } = bench;
    expect(must(await downloads.act('pause', id, count - 1))).toBe(1);
    bench.api.clearFaults();
    expect(must(await downloads.wait(id)).batch).toMatchObject({ state: 'paused', done: count - 1, unsettled: 1 });
    must(await downloads.act('resume', id, undefined, true));
    expect(must(await downloads.wait(id)).batch).toMatchObject({ state: 'finished', done: count });
  });

  it('says how many of what is left were paused one by one, and lists what is left', async () => {
    const { bench, id } = await slowBatch();
    must(await bench.downloads.act('pause', id, count - 1));
    must(await bench.downloads.act('pause', id));
    const batch = viewOf(bench, id);
    expect(batch).toMatchObject({ state: 'paused', paused: 1 });
    const left = must(bench.downloads.transfers(id, 'unsettled', 0, count));
    expect(left).toHaveLength(batch?.unsettled ?? -1);
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['queued', 'paused']));
  });

  it('is continued by the same order, and by no other', async () => {
    const { bench, id } = await slowBatch();
    await bench.downloads.stop();
    expect(viewOf(bench, id)).toMatchObject({ state: 'running' });
    const other = must(await bench.downloads.start(bench.order({ policy: 'keep-both' })));
    expect(other.continued).toBe(false);
    await bench.downloads.stop();
    bench.api.clearFaults();
    const again = must(await bench.downloads.start(bench.order()));
    expect(again).toMatchObject({ continued: true, batch: { id } });
    expect(must(await bench.downloads.wait(id)).batch).toMatchObject({ done: count });
  });

  it('is left alone by a second process, which says who has it', async () => {
    const { bench, id } = await slowBatch();
    const second = openWorkbench({ home: bench.home, origin: bench.api.origin });
    const refused = await second.downloads.resume(id);
    expect(refused).toMatchObject({ ok: false, error: { code: 'busy', message: expect.stringContaining('a test') } });
    await second.close();
  });

  it('tries what failed again, once it is asked to', async () => {
    const bench = await openBench(plainImages(6));
    bench.api.faultFiles(faults.missing(), { id: 1_000_002 });
    bench.api.faultFiles(faults.missing(), { id: 1_000_004 });
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ state: 'finished', done: 4, failed: 2 });
    bench.api.clearFaults();
    expect(must(await bench.downloads.act('retry'))).toBe(2);
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ done: 6, failed: 0, state: 'finished' });
    expect(
      bench.database.connection.prepare('SELECT count(*) AS n FROM own.facts WHERE broken_code IS NOT NULL').get(),
    ).toEqual({
      n: 0,
    });
  });

  it('publishes absolute snapshots that end with the end', async () => {
    const { bench, id } = await slowBatch();
    bench.api.clearFaults();
    await bench.downloads.wait(id);
    await until(() => bench.events.at(-1)?.topic === 'batch');
    const snapshots = bench.events.flatMap((event) => (event.topic === 'batch' ? [event.batch] : []));
    expect(snapshots.at(-1)).toMatchObject({ batchId: id, state: 'finished', done: count, planned: count });
    expect(
      snapshots.every(
        (each) => each.planned === each.done + each.failed + each.skipped + each.cancelled + each.unsettled,
      ),
    ).toBe(true);
  });

  it('forgets what is over, and nothing else', async () => {
    const { bench, id } = await slowBatch();
    await bench.downloads.stop();
    const other = must(await bench.downloads.start(bench.order({ destination: `${bench.destination}-2` })));
    await bench.downloads.act('cancel', other.batch.id);
    expect(await bench.downloads.clearHistory()).toBe(1);
    expect(bench.downloads.list(false, 10).map((batch) => batch.id)).toEqual([id]);
  });
});
