import { describe, expect, it } from 'vitest';
import { openTestCore, must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { manualClock } from '../downloads-bytes/manual-clock.ts';
import { listingsOf, openBench, type Bench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

const count = 60;

/** Delays each file's response until it is released, and counts the pending ones. */
function holdAll(bench: Bench): { readonly atOnce: () => number; readonly most: () => number; letGo(): void } {
  const held = new Set<() => void>();
  let most = 0;
  let isOpen = false;
  for (const { id } of bench.api.library.images()) {
    bench.api.onFile(id, 1, async () => {
      if (isOpen) return;
      await new Promise<void>((resolve) => {
        held.add(resolve);
        most = Math.max(most, held.size);
      });
    });
  }
  return {
    atOnce: () => held.size,
    most: () => most,
    letGo() {
      isOpen = true;
      for (const release of held) release();
    },
  };
}

const turns = async (times: number): Promise<void> => {
  for (let turn = 0; turn < times; turn++) await new Promise((resolve) => setImmediate(resolve));
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turns(1);
}

describe('how many files at once', () => {
  it.each([
    ['as many as it is told', 5, 5],
    ['sixteen to begin with', null, 16],
  ])('a host is asked for: %s', async (_, concurrency, expected) => {
    const bench = await openBench(plainImages(count));
    const hold = holdAll(bench);
    const { batch } = must(await bench.downloads.start(bench.order({ concurrency })));
    await until(() => hold.atOnce() === expected);
    await turns(500);
    expect(hold.most()).toBe(expected);
    hold.letGo();
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ done: count });
  });

  it('each host is asked for as many, and one that is slow holds up none', async () => {
    const images = plainImages(count);
    const bench = await openBench(images);
    const other = bench.api.otherOrigin.replace('127.0.0.1', 'localhost');
    const half = images.slice(0, count / 2);
    bench.list(listingsOf({ origin: other }, half));
    const hold = holdAll({
      ...bench,
      api: { ...bench.api, library: { ...bench.api.library, images: () => images.slice(count / 2) } },
    });
    const { batch } = must(await bench.downloads.start(bench.order({ concurrency: 4 })));
    await until(() => bench.downloads.list(false, 1)[0]?.done === count / 2);
    expect(hold.atOnce()).toBe(4);
    hold.letGo();
    expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ done: count });
  });

  it('two batches share what one host is asked for', async () => {
    const bench = await openBench(plainImages(count));
    const hold = holdAll(bench);
    const first = must(await bench.downloads.start(bench.order()));
    const second = must(await bench.downloads.start(bench.order({ destination: `${bench.destination}-2` })));
    await until(() => hold.atOnce() === 16);
    await turns(500);
    expect(hold.most()).toBe(16);
    hold.letGo();
    for (const { batch } of [first, second]) {
      expect(must(await bench.downloads.wait(batch.id)).batch).toMatchObject({ state: 'finished', done: count });
    }
  });
});

describe('a speed limit', () => {
  it('holds for the whole batch, however many files at once', async () => {
    const clock = manualClock();
    const bytes = 10_000;
    const bench = await openBench(plainImages(10, { bytes }), { clock });
    const limitRate = 20_000;
    const { batch } = must(await bench.downloads.start(bench.order({ limitRate })));
    const seen = { isOver: false };
    const ended = bench.downloads.wait(batch.id).finally(() => (seen.isOver = true));
    while (!seen.isOver) {
      await turns(20);
      // Each transfer may exceed the limit by one chunk, here at most a whole file.
      const received = bench.downloads.list(false, 1)[0]?.bytes ?? 0;
      expect(received).toBeLessThanOrEqual((clock.now() / 1_000) * limitRate + bytes);
      await clock.advance(100);
    }
    expect(must(await ended).batch).toMatchObject({ done: 10, bytes: 10 * bytes });
    expect(clock.now()).toBeGreaterThanOrEqual(((10 - 1) * bytes * 1_000) / limitRate);
  });
});

describe('two cores on one folder of data', () => {
  it('share it: the second is told who runs the batch, and takes it up when the first has ended', async () => {
    const bench = await openBench(plainImages(20, { bytes: 5_000 }));
    bench.api.faultFiles(faults.slow(200, 5));
    const { core: first, folder } = openTestCore({ holder: { pid: process.pid, command: 'the first' } });
    const { core: second } = openTestCore({
      folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
      holder: { pid: process.pid, command: 'the second' },
    });
    const account = must(
      await first.call('accounts.add', {
        ...{ name: 'Brand', datacenter: bench.api.origin, userId: '1234567', key: 'a-key', vault: 'session' },
      }),
    );
    must(await first.call('sync.run', { accountId: account.id }));
    const order = { query: '', destination: bench.destination, template: '{name}.{ext}', concurrency: 2 };
    const { batch } = must(await first.call('downloads.start', order));
    for (const asked of [
      await second.call('downloads.start', order),
      await second.call('downloads.resume', { batchId: batch.id }),
      await second.call('downloads.act', { action: 'cancel', batchId: batch.id }),
      await second.call('downloads.act', { action: 'pause', batchId: batch.id, seq: 3 }),
    ]) {
      expect(asked).toMatchObject({
        ok: false,
        error: { code: 'busy', message: expect.stringContaining('the first') },
      });
    }
    expect(must(await second.call('downloads.act', { action: 'cancel' })).changed).toBe(0);
    must(await first.call('downloads.stop', {}));
    bench.api.clearFaults();
    const taken = must(await second.call('downloads.start', order));
    expect(taken).toMatchObject({ continued: true, batch: { id: batch.id } });
    const ended = must(await second.call('downloads.wait', { batchId: batch.id }));
    expect(ended).toMatchObject({ failure: null, batch: { state: 'finished', done: 20 } });
    expect(Object.keys(filesBelow(bench.destination))).toHaveLength(20);
  });
});
