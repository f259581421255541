import { describe, expect, it } from 'vitest';
import type { Transfer } from '../../../main/domain/transfer/transfer.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { manualClock } from '../downloads-bytes/manual-clock.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

const first = 1_000_001;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

function rowOf({ downloads }: Bench, batchId: number, imageId = first): Transfer {
  const rows = must(downloads.transfers(batchId, undefined, 0, 1_000));
  const row = rows.find((each) => each.imageId === imageId);
  if (row === undefined) throw new Error('No such transfer');
  return row;
}

/** Opens a bench on a manual clock. */
async function openStill(count: number, random = 0.5) {
  const clock = manualClock();
  const bench = await openBench(plainImages(count), { clock, random: () => random });
  return { bench, clock };
}

describe('a file that could not be fetched yet', () => {
  it('waits as long as the server asks, says why and until when, and keeps everyone from that host', async () => {
    const { bench, clock } = await openStill(3);
    bench.api.faultFiles(faults.throttled({ seconds: 30 }), { id: first }, 1);
    const { batch } = must(await bench.downloads.start(bench.order({ query: `id:${first}` })));
    await until(() => rowOf(bench, batch.id).state === 'waiting');
    expect(rowOf(bench, batch.id)).toMatchObject({ notBefore: 30_000, reason: { code: 'throttled', canRetry: true } });

    const other = must(await bench.downloads.start(bench.order({ template: 'b/{name}.{ext}' })));
    await clock.advance(29_999);
    expect(rowOf(bench, batch.id).state).toBe('waiting');
    expect(bench.api.fileRequests(first)).toHaveLength(1);
    await clock.advance(1);
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ state: 'finished', done: 1 });
    expect(must(await bench.downloads.wait(other.batch.id)).batch).toMatchObject({ done: 3 });
    expect(rowOf(bench, batch.id)).toMatchObject({ state: 'done', attempt: 2, reason: null, notBefore: null });
  });

  it('is tried four times more, later each time, and then no more', async () => {
    const { bench, clock } = await openStill(1);
    bench.api.faultFiles(faults.documented(500));
    const { batch } = must(await bench.downloads.start(bench.order()));
    for (const [index, pauseMs] of [500, 1_000, 2_000, 4_000].entries()) {
      await until(() => rowOf(bench, batch.id).state === 'waiting');
      const { notBefore, attempt, reason } = rowOf(bench, batch.id);
      expect({ notBefore, attempt, code: reason?.code }).toEqual({
        ...{ notBefore: clock.now() + pauseMs, attempt: index + 1, code: 'server-error' },
      });
      await clock.advance(pauseMs);
      await until(() => bench.api.fileRequests(first).length === index + 2);
      await until(() => rowOf(bench, batch.id).attempt === index + 2);
    }
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ state: 'finished', failed: 1 });
    expect(rowOf(bench, batch.id)).toMatchObject({ state: 'failed', reason: { code: 'server-error', canRetry: true } });
    expect(bench.api.fileRequests(first)).toHaveLength(5);
  });

  it('goes on waiting over a restart, for what is left of the time', async () => {
    const { bench, clock } = await openStill(1);
    bench.api.faultFiles(faults.throttled({ seconds: 60 }), {}, 1);
    const { batch } = must(await bench.downloads.start(bench.order()));
    await until(() => rowOf(bench, batch.id).state === 'waiting');
    const later = await bench.reopen();
    must(await later.downloads.resume(batch.id));
    await clock.advance(59_999);
    expect(rowOf(later, batch.id)).toMatchObject({ state: 'waiting', notBefore: 60_000 });
    await clock.advance(1);
    expect(must(await later.downloads.wait(batch.id)).batch).toMatchObject({ state: 'finished', done: 1 });
  });

  it('goes on at once where a person says so, unless its host has asked to wait', async () => {
    const { bench } = await openStill(1);
    bench.api.faultFiles(faults.reset('no-head'), {}, 1);
    const { batch } = must(await bench.downloads.start(bench.order()));
    await until(() => rowOf(bench, batch.id).state === 'waiting');
    expect(must(await bench.downloads.act('resume', batch.id, 0))).toBe(1);
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ state: 'finished', done: 1 });
  });

  it('is given up for now where the server asks for more than five minutes', async () => {
    const { bench } = await openStill(20);
    bench.api.faultFiles(faults.throttled({ seconds: 3_600 }));
    const { batch, failure } = await bench.download();
    expect(failure).toMatchObject({ code: 'throttled', retryAt: 3_600_000 });
    expect(failure?.message).toMatch(/until \d Jan 1970, \d+:\d\d/);
    expect(batch).toMatchObject({ state: 'paused', failed: 0, unsettled: 20, stop: { code: 'throttled' } });
    bench.api.clearFaults();
    const again = await bench.download();
    expect(again.batch).toMatchObject({ id: batch.id, state: 'finished', done: 20 });
  });

  it('leaves the others alone', async () => {
    const { bench, clock } = await openStill(30);
    bench.api.faultFiles(faults.documented(500), { id: first }, 1);
    const { batch } = must(await bench.downloads.start(bench.order()));
    await until(() => bench.downloads.list(false, 1)[0]?.done === 29);
    expect(rowOf(bench, batch.id).state).toBe('waiting');
    await clock.advance(500);
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ done: 30 });
    expect(Object.keys(filesBelow(bench.destination))).toHaveLength(30);
  });
});
