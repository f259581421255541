import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Transfer } from '../../../main/domain/transfer/transfer.ts';
import { partPath } from '../../../main/features/downloads/disk/file-paths.ts';
import { createBatchStore } from '../../../main/adapters/storage/stores/batch-store.ts';
import { createTransferStore } from '../../../main/adapters/storage/stores/transfer-store.ts';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

const parts = ['no part', 'a whole part', 'half a part', 'a part of other bytes'] as const;
const finals = [
  'nothing',
  'the file',
  'the same file twice',
  'an empty placeholder',
  'a file of somebody else',
] as const;
type Left = {
  readonly state: 'active' | 'verifying';
  readonly part: (typeof parts)[number];
  readonly final: (typeof finals)[number];
};

const mine = Buffer.from('of somebody else');

/** Lists all states in which a kill can leave a transfer, and some that only a disk or a user can cause. */
function everyLeft(): Left[] {
  const all = parts.flatMap((part) =>
    finals.flatMap((final) => (['active', 'verifying'] as const).map((state) => ({ state, part, final }))),
  );
  // Two links to one file are a part being moved to its final name; nothing is moved before it was journalled.
  return all.filter(
    ({ state, part, final }) =>
      (final !== 'the same file twice' || part === 'a whole part') &&
      (state === 'verifying' || (final !== 'the same file twice' && final !== 'an empty placeholder')),
  );
}

/** Creates a batch whose process died with one transfer in each of these states. */
async function died(lefts: readonly Left[]): Promise<{ bench: Bench; batchId: number }> {
  const bench = await openBench(plainImages(lefts.length));
  bench.api.faultFiles(faults.stall('no-head'));
  const { batch } = must(await bench.downloads.start(bench.order()));
  await bench.downloads.stop();
  bench.api.clearFaults();
  mkdirSync(bench.destination, { recursive: true });
  const { database } = bench;
  const rows = createTransferStore(database);
  for (const [seq, left] of lefts.entries()) {
    const row = rows.get(batch.id, seq);
    if (row === undefined) throw new Error('No row');
    const content = await contentOf(bench, row.imageId);
    lay(bench, row, left, content);
    const facts = { bytes: content.length, bytesExact: true, sha256: sha256(content), finalPath: row.path };
    const known = left.state === 'verifying' ? facts : {};
    database.transaction(() => {
      rows.save({ ...row, ...known, state: left.state, attempt: 1, reason: null, notBefore: null });
    });
  }
  return { bench: await bench.reopen(), batchId: batch.id };
}

function lay({ database, destination }: Bench, row: Transfer, { part, final }: Left, content: Buffer): void {
  const batch = createBatchStore(database).get(row.batchId);
  if (batch === undefined) throw new Error('No batch');
  const from = partPath(batch, row);
  const to = join(destination, row.path);
  if (part === 'a whole part') writeFileSync(from, content);
  if (part === 'half a part') writeFileSync(from, content.subarray(0, content.length / 2));
  if (part === 'a part of other bytes') writeFileSync(from, Buffer.alloc(content.length, 7));
  if (final === 'the file') writeFileSync(to, content);
  if (final === 'the same file twice') linkSync(from, to);
  if (final === 'an empty placeholder') writeFileSync(to, '');
  if (final === 'a file of somebody else') writeFileSync(to, mine);
}

async function contentOf({ api }: Bench, id: number): Promise<Buffer> {
  const image = api.library.images().find((each) => each.id === id);
  if (image === undefined) throw new Error('No image');
  return image.file.make();
}

describe('a batch whose process died', () => {
  it('is mended whatever was left on disk: every image stands once, nothing else is touched, no part is left', async () => {
    const lefts = everyLeft();
    const { bench, batchId } = await died(lefts);
    must(await bench.downloads.resume(batchId));
    const { batch, failure } = must(await bench.downloads.wait(batchId));
    expect(failure).toBeNull();
    expect(batch).toMatchObject({ state: 'finished', planned: lefts.length, failed: 0, unsettled: 0 });

    const files = filesBelow(bench.destination);
    expect(Object.keys(files).filter((name) => name.endsWith('.part'))).toEqual([]);
    const rows = must(bench.downloads.transfers(batchId, undefined, 0, lefts.length));
    for (const [seq, left] of lefts.entries()) {
      const row = rows[seq];
      if (row === undefined) throw new Error('No row');
      const says = `${left.state}, ${left.part}, ${left.final}`;
      const hash = sha256(await contentOf(bench, row.imageId));
      const isTaken = left.final === 'a file of somebody else';
      expect(row.finalPath, says).toBe(isTaken ? row.path.replace('.png', ' (1).png') : row.path);
      expect(files[row.finalPath ?? ''], says).toBe(hash);
      if (isTaken) expect(files[row.path], says).toBe(sha256(mine));
      const isThere = left.final === 'the file';
      const isProven = left.state === 'verifying' && left.part === 'no part' && isThere;
      // The app didn't write it, so it counts as an existing file with the same content.
      expect(row.state, says).toBe(isThere && !isProven ? 'skipped' : 'done');
      expect(row.attempt, says).toBe(1);
    }
    const stands = lefts.length + lefts.filter(({ final }) => final === 'a file of somebody else').length;
    expect(Object.keys(files)).toHaveLength(stands);
  });

  it('asks nothing of the server for what stands already', async () => {
    const { bench, batchId } = await died([
      { state: 'verifying', part: 'no part', final: 'the file' },
      { state: 'verifying', part: 'a whole part', final: 'the same file twice' },
    ]);
    const before = bench.api.fileRequests().length;
    must(await bench.downloads.resume(batchId));
    expect(must(await bench.downloads.wait(batchId)).batch).toMatchObject({ state: 'finished', done: 2 });
    expect(bench.api.fileRequests()).toHaveLength(before);
    const saved = bench.database.connection.prepare('SELECT count(*) AS n FROM own.saved_files').get();
    expect(saved).toEqual({ n: 2 });
  });

  it('shows what it is when it is paused rather than taken up', async () => {
    const { bench, batchId } = await died([
      { state: 'active', part: 'half a part', final: 'nothing' },
      { state: 'verifying', part: 'no part', final: 'the file' },
      { state: 'verifying', part: 'no part', final: 'nothing' },
    ]);
    must(await bench.downloads.act('pause', batchId));
    const rows = must(bench.downloads.transfers(batchId, undefined, 0, 3));
    expect(rows.map(({ state, attempt }) => [state, attempt])).toEqual([
      ['queued', 0],
      ['done', 1],
      ['queued', 0],
    ]);
  });

  it('never ran where its plan was not written down to its end', async () => {
    const { bench, batchId } = await died([{ state: 'active', part: 'no part', final: 'nothing' }]);
    bench.database.connection.prepare("UPDATE own.batches SET state = 'preparing' WHERE id = ?").run(batchId);
    expect(await bench.downloads.resume(batchId)).toMatchObject({ ok: false, error: { code: 'unknown-batch' } });
    expect(bench.downloads.list(false, 10)).toEqual([]);
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ state: 'finished', done: 1 });
    expect(createBatchStore(bench.database).get(batchId)).toBeUndefined();
  });
});
