import { expect, it } from 'vitest';
import type { PlanProgress } from '../../../main/contract/commands/downloads.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { openBench, type Bench } from './bench-test.ts';

const count = 6_000;
const cancelled = { ok: false, error: { code: 'cancelled' } };

function progressOf(bench: Bench): PlanProgress[] {
  return bench.events.flatMap((event) => (event.topic === 'planning' ? [event.planning] : []));
}

/** Returns whether a batch is partly written, but has not started. */
function isPreparing(bench: Bench): boolean {
  const sql = "SELECT 1 FROM own.batches WHERE state = 'preparing' AND id IN (SELECT batch_id FROM own.transfers)";
  return bench.database.connection.prepare(sql).get() !== undefined;
}

async function untilWriting(bench: Bench): Promise<void> {
  while (!progressOf(bench).some(({ stage }) => stage === 'writing')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('a plan is ended by its ticket, and by the next one under the same; others go on', async () => {
  const bench = await openBench(plainImages(count));
  const order = bench.order();
  const dropped = bench.downloads.plan({ ...order, ticket: 'a' });
  await bench.downloads.drop('a');
  expect(await dropped).toMatchObject(cancelled);
  const [replaced, newer, other] = await Promise.all([
    bench.downloads.plan({ ...order, ticket: 'a' }),
    bench.downloads.plan({ ...order, ticket: 'a' }),
    bench.downloads.plan({ ...order, ticket: 'b' }),
  ]);
  expect(replaced).toMatchObject(cancelled);
  expect(must(newer).images).toBe(count);
  expect(must(other).images).toBe(count);
  expect(progressOf(bench)).toContainEqual({ ticket: 'b', stage: 'planning', done: 0, total: count });
});

it('a start that is ended while it writes leaves no batch behind, and can be made again', async () => {
  const bench = await openBench(plainImages(count));
  const started = bench.downloads.start({ ...bench.order(), ticket: 'a' });
  await untilWriting(bench);
  await bench.downloads.drop('a');
  expect(await started).toMatchObject(cancelled);
  const rows = (table: string) => bench.database.connection.prepare(`SELECT count(*) AS n FROM own.${table}`).get();
  expect([rows('batches'), rows('transfers')]).toEqual([{ n: 0 }, { n: 0 }]);
  const { batch } = must(await bench.downloads.start(bench.order()));
  expect(batch).toMatchObject({ planned: count });
  must(await bench.downloads.act('cancel', batch.id));
});

it('a start that is ended while another one has its turn begins nothing, and goes on with nothing', async () => {
  const bench = await openBench(plainImages(count));
  const first = bench.downloads.start({ ...bench.order(), ticket: 'a' });
  await untilWriting(bench);
  const second = bench.downloads.start({ ...bench.order(), ticket: 'b' });
  await bench.downloads.drop('b');
  expect(await second).toMatchObject(cancelled);
  const { batch } = must(await first);
  must(await bench.downloads.act('cancel', batch.id));
});

it('a start that is ended over its last piece does not begin', async () => {
  const bench = await openBench(plainImages(20));
  const started = bench.downloads.start({ ...bench.order(), ticket: 'a' });
  await untilWriting(bench);
  await bench.downloads.drop('a');
  expect(await started).toMatchObject(cancelled);
  expect(bench.downloads.list(false, 10)).toEqual([]);
});

it('closing leaves to the next start what was being written', async () => {
  const bench = await openBench(plainImages(count));
  const started = bench.downloads.start(bench.order());
  while (!isPreparing(bench)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const later = bench.reopen();
  expect(await started).toMatchObject(cancelled);
  const again = await later;
  expect(isPreparing(again)).toBe(true);
  const { batch, continued } = must(await again.downloads.start(again.order()));
  expect([batch.planned, continued, isPreparing(again)]).toEqual([count, false, false]);
  must(await again.downloads.act('cancel', batch.id));
});

it('closing ends what is being planned', async () => {
  const bench = await openBench(plainImages(count));
  const planning = bench.downloads.plan(bench.order());
  await bench.downloads.close();
  expect(await planning).toMatchObject(cancelled);
});
