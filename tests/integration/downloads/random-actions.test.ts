import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferActions, type TransferAction } from '../../../main/domain/transfer/transfer.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

const count = 24;

type Step =
  | { readonly kind: 'act'; readonly action: TransferAction; readonly seq: number | undefined }
  | { readonly kind: 'act on all'; readonly action: TransferAction }
  /** Concurrently. */
  | { readonly kind: 'act at once'; readonly acts: readonly (readonly [TransferAction, number | undefined])[] }
  | { readonly kind: 'stop' | 'reopen' | 'order again' }
  /** Until this many more requests have arrived. */
  | { readonly kind: 'let run'; readonly requests: number };

const action = fc.constantFrom(...transferActions);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('act' as const), action, seq: fc.nat(count - 1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('act' as const), action, seq: fc.constant(undefined) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('act on all' as const), action }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('act at once' as const),
      acts: fc.array(fc.tuple(action, fc.option(fc.nat(count - 1), { nil: undefined })), {
        minLength: 2,
        maxLength: 4,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'stop' }, { kind: 'reopen' }, { kind: 'order again' }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('let run' as const), requests: fc.integer({ min: 1, max: 4 }) }),
  },
);

async function take(bench: Bench, batchId: number, next: Step): Promise<Bench> {
  const { downloads, api } = bench;
  if (next.kind === 'act') must(await downloads.act(next.action, batchId, next.seq));
  if (next.kind === 'act on all') must(await downloads.act(next.action));
  if (next.kind === 'act at once') {
    await Promise.all(next.acts.map(async ([each, seq]) => must(await downloads.act(each, batchId, seq))));
  }
  if (next.kind === 'stop') await downloads.stop();
  if (next.kind === 'order again') must(await downloads.start(bench.order()));
  if (next.kind === 'reopen') return bench.reopen();
  if (next.kind === 'let run') {
    const wanted = api.fileRequests().length + next.requests;
    const seen = { isOver: false };
    void downloads.wait(batchId).then(() => (seen.isOver = true));
    while (!seen.isOver && api.fileRequests().length < wanted) await new Promise((resolve) => setImmediate(resolve));
  }
  return bench;
}

/** Checks that the batch's counts match its rows. */
function expectTrue({ downloads, database }: Bench, batchId: number): void {
  const counted = database.connection
    .prepare(
      `SELECT state, count(*) AS files, sum(coalesce(bytes, 0)) AS bytes, sum(1 - bytes_exact) AS inexact
       FROM own.transfers WHERE batch_id = ? GROUP BY state ORDER BY state`,
    )
    .all(batchId);
  const kept = database.connection
    .prepare(
      'SELECT state, files, bytes, inexact FROM own.transfer_counts WHERE batch_id = ? AND files > 0 ORDER BY state',
    )
    .all(batchId);
  expect(kept).toEqual(counted);
  const view = downloads.list(false, 100).find(({ id }) => id === batchId);
  expect(view?.planned).toBe(count);
}

/** Resumes and retries until nothing is left to do. */
async function finish(bench: Bench, batchId: number): Promise<void> {
  must(await bench.downloads.act('resume', batchId));
  must(await bench.downloads.wait(batchId));
  for (const { seq } of must(bench.downloads.transfers(batchId, 'cancelled', 0, count))) {
    expect(must(await bench.downloads.act('retry', batchId, seq))).toBe(1);
  }
  must(await bench.downloads.act('retry', batchId));
  must(await bench.downloads.wait(batchId));
}

describe('whatever is asked for, in whatever order', () => {
  it('the counts are true at any moment, and every file is there in the end, once and whole', async () => {
    const images = plainImages(count, { bytes: 3_000 });
    const hashes = new Map<number, string>();
    for (const { id, file } of images) hashes.set(id, sha256(await file.make()));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        let bench = await openBench(images);
        bench.api.faultFiles(faults.slow(1_000, 2));
        bench.api.faultFiles(faults.missing(), { number: 1, id: 1_000_003 });
        bench.api.faultFiles(faults.reset(), { number: 1, id: 1_000_005 });
        const { batch } = must(await bench.downloads.start(bench.order({ concurrency: 3 })));
        for (const each of steps) {
          bench = await take(bench, batch.id, each);
          expectTrue(bench, batch.id);
        }
        bench.api.clearFaults();
        await finish(bench, batch.id);
        expectTrue(bench, batch.id);
        const rows = must(bench.downloads.transfers(batch.id, undefined, 0, count));
        const files = filesBelow(bench.destination);
        for (const row of rows) {
          expect(['done', 'skipped']).toContain(row.state);
          expect(files[row.finalPath ?? '']).toBe(hashes.get(row.imageId));
        }
        expect(Object.keys(files).filter((name) => name.endsWith('.part'))).toEqual([]);
        expect(Object.keys(files)).toHaveLength(count);
        await bench.close();
      }),
      { numRuns: Number(process.env['RUNS'] ?? 8) },
    );
  });
});
