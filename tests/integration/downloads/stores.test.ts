import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newTransfer,
  transferStates,
  type Transfer,
  type TransferState,
} from '../../../main/domain/transfer/transfer.ts';
import { partPath } from '../../../main/features/downloads/disk/file-paths.ts';
import { sweepPartsOf } from '../../../main/features/downloads/disk/remove-parts.ts';
import { createJournal } from '../../../main/features/downloads/engine/journal.ts';
import { createQueue } from '../../../main/features/downloads/engine/queue.ts';
import { createBatchStore } from '../../../main/adapters/storage/stores/batch-store.ts';
import { createSavedFileStore, type SavedFile } from '../../../main/adapters/storage/stores/saved-file-store.ts';
import { createTransferStore } from '../../../main/adapters/storage/stores/transfer-store.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function openStores() {
  const database = openTestDatabase(temporaryFolder());
  const batches = createBatchStore(database);
  const options = { includeOther: false, manifest: false, concurrency: null, limitRate: null };
  const what = { query: '', selection: null, destination: '/d', template: '{id}', policy: 'overwrite' } as const;
  const newBatch = (uid: string): number => batches.insert({ uid, createdAt: 1, ...what, options });
  return {
    database,
    batches,
    newBatch,
    transfers: createTransferStore(database),
    savedFiles: createSavedFileStore(database),
  };
}

function transfer(batchId: number, seq: number, more: Partial<Transfer> = {}): Transfer {
  return {
    ...newTransfer,
    ...{
      batchId,
      seq,
      accountId: 1,
      imageId: seq,
      url: 'https://x/y.png',
      sizeText: '1 Kb',
      name: 'y.png',
      path: `${String(seq)}.png`,
    },
    ...{
      besidePath: null,
      note: null,
      picture: true,
      bytes: null,
      bytesExact: false,
      validator: null,
      lastModified: null,
    },
    ...{ sha256: null, type: null, finalPath: null },
    ...more,
  };
}

describe('the counts of a batch', () => {
  const change = fc.record({
    seq: fc.nat(19),
    state: fc.constantFrom(...transferStates),
    bytes: fc.option(fc.nat(1_000)),
    bytesExact: fc.boolean(),
  });

  it('always equal its rows', () => {
    const { batches, newBatch, transfers, database } = openStores();
    let uid = 0;
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const id = newBatch(`uid-${String(uid++)}`);
        for (let seq = 0; seq < 20; seq++) transfers.insert(transfer(id, seq));
        for (const { seq, ...more } of changes) transfers.save(transfer(id, seq, more));
        const rows = transfers.list(id, { offset: 0, limit: 100 });
        const counts = batches.counts(id);
        for (const state of transferStates) {
          const mine = rows.filter((row) => row.state === state);
          expect(counts[state]).toEqual({
            files: mine.length,
            bytes: mine.reduce((sum, row) => sum + (row.bytes ?? 0), 0),
            inexact: mine.filter((row) => !row.bytesExact).length,
          });
        }
        while (!batches.remove(id, 7));
        expect(
          database.connection.prepare('SELECT count(*) AS n FROM own.transfer_counts WHERE batch_id = ?').get(id),
        ).toEqual({ n: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it('can be read though lengths that a server made up exceed an exact number', () => {
    const { batches, newBatch, transfers } = openStores();
    const id = newBatch('uid');
    for (const seq of [0, 1, 2]) transfers.insert(transfer(id, seq, { bytes: Number.MAX_SAFE_INTEGER }));
    expect(batches.counts(id).queued.files).toBe(3);
    expect(batches.counts(id).queued.bytes).toBeCloseTo(3 * Number.MAX_SAFE_INTEGER, -3);
  });

  it('give every row back as it was written', () => {
    const { newBatch, transfers } = openStores();
    const id = newBatch('uid');
    const whole = transfer(id, 0, {
      ...{
        state: 'waiting' as TransferState,
        attempt: 2,
        notBefore: 99,
        note: 'n',
        bytes: 5,
        bytesExact: true,
        validator: '"v"',
      },
      ...{
        reason: { code: 'throttled', message: 'm', canRetry: true },
        lastModified: 7,
        sha256: 'ab'.repeat(32),
        type: 'png',
      },
      ...{ finalPath: 'f', besidePath: 'b' },
    });
    transfers.insert(whole);
    expect(transfers.get(id, 0)).toEqual(whole);
    transfers.save({ ...whole, ...newTransfer, sha256: null });
    expect(transfers.get(id, 0)).toEqual({ ...whole, ...newTransfer, sha256: null });
  });

  it('are read in the order of fetching, which can be changed', () => {
    const { newBatch, transfers } = openStores();
    const id = newBatch('uid');
    for (let seq = 0; seq < 6; seq++) transfers.insert(transfer(id, seq));
    transfers.reorder(id, [4, 2], 'first');
    transfers.reorder(id, [0], 'last');
    expect(transfers.inState(id, 'queued', 10).map(({ seq }) => seq)).toEqual([4, 2, 1, 3, 5, 0]);
  });
});

describe('the history', () => {
  const saved = (more: Partial<SavedFile> = {}): SavedFile => ({
    ...{ path: '/d/a.png', accountId: 1, imageId: 1, batchId: 1, name: 'a.png', url: 'u', sizeText: '1 Kb', bytes: 3 },
    ...{ sha256: 'aa'.repeat(32), type: 'png', note: null, savedAt: 1, verifiedAt: 1, replacedAt: null },
    ...more,
  });

  it('knows what stands, and what another file has taken the place of', () => {
    const { savedFiles } = openStores();
    savedFiles.record(saved());
    savedFiles.record(saved({ imageId: 2 }));
    savedFiles.record(saved({ imageId: 3, sha256: 'bb'.repeat(32), savedAt: 5, verifiedAt: 5 }));
    expect(savedFiles.ofImage(1, 1)).toEqual([]);
    expect(savedFiles.below('/d/', null, 10).map(({ imageId }) => imageId)).toEqual([3]);
    savedFiles.record(saved({ savedAt: 9, verifiedAt: 9 }));
    expect(savedFiles.ofImage(1, 1)).toEqual([saved({ savedAt: 9, verifiedAt: 9 })]);
    expect(savedFiles.ofImage(1, 3)).toEqual([]);
  });

  it('is read by folder, piece by piece, without its neighbours', () => {
    const { savedFiles } = openStores();
    const paths = ['/d/a', '/d/b/c', '/d-2/x', '/d.png', '/d0', '/d/\u{1f600}', '/d/\uffee'];
    for (const path of paths) for (const imageId of [1, 2]) savedFiles.record(saved({ path, imageId }));
    const found: string[] = [];
    for (let last: SavedFile | null = null; ;) {
      const piece: SavedFile[] = savedFiles.below('/d/', last, 1);
      if (piece[0] === undefined) break;
      last = piece[0];
      found.push(`${last.path}:${String(last.imageId)}`);
    }
    const inside = ['/d/a', '/d/b/c', '/d/\uffee', '/d/\u{1f600}'];
    expect(found).toEqual(inside.flatMap((path) => [`${path}:1`, `${path}:2`]));
  });
});

describe('pages of some states', () => {
  it('are those of all such rows in the order of fetching, from either end', () => {
    const { newBatch, transfers } = openStores();
    const id = newBatch('pages');
    const states = ['queued', 'done', 'paused', 'queued', 'failed', 'waiting'] as const;
    for (let seq = 0; seq < 60; seq++) transfers.insert(transfer(id, seq, { state: states[seq % 6] ?? 'done' }));
    transfers.reorder(id, [33, 8], 'first');
    const open = ['waiting', 'active', 'queued', 'paused'] as const;
    const all = transfers.list(id, { states: open, offset: 0, limit: 1_000 });
    const seqs = all.map(({ seq }) => seq);
    const inOrder = Array.from({ length: 60 }, (_, seq) => seq).filter((seq) => [0, 2, 3, 5].includes(seq % 6));
    expect(seqs).toEqual([33, 8, ...inOrder.filter((seq) => seq !== 33 && seq !== 8)]);
    for (let offset = 0; offset < 45; offset += 7) {
      expect(transfers.list(id, { states: open, offset, limit: 7 })).toEqual(all.slice(offset, offset + 7));
    }
    expect(transfers.list(id, { states: ['cancelled'], offset: 0, limit: 7 })).toEqual([]);
  });
});

describe('removing part files', () => {
  it('finds those of the batch in each folder, and leaves what is not its own', async () => {
    const destination = temporaryFolder();
    const { batches, newBatch } = openStores();
    const found = batches.get(newBatch('0123abcdef'));
    if (found === undefined) throw new Error('No batch');
    const batch = { ...found, destination };
    const rows = ['a/x.png', 'a/y.png', 'b/x.png', 'c/x.png'].map((path, seq) => transfer(batch.id, seq, { path }));
    for (const folder of ['a', 'b']) mkdirSync(join(destination, folder));
    const others = ['a/x.png', 'a/x.png.ffffffffff-0.part', 'b/x.png.0123abcdef-7.part'];
    const own = rows.slice(0, 3).map((row) => relative(destination, partPath(batch, row)));
    for (const path of [...others, ...own]) writeFileSync(join(destination, path), '');
    await sweepPartsOf(batch)(rows);
    const left = readdirSync(destination, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(left.map(({ parentPath, name }) => join(parentPath, name)).sort()).toEqual(
      others.map((path) => join(destination, path)).sort(),
    );
  });
});

describe('the journal', () => {
  it('commits in order, many at once, and gives each its answer', async () => {
    const database = openTestDatabase(temporaryFolder());
    let transactions = 0;
    const counted = { ...database, transaction: <T>(work: () => T) => (transactions++, database.transaction(work)) };
    const journal = createJournal(counted);
    const made: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => journal.write(() => made.push(index))),
    );
    expect(made).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
    expect(answers.at(-1)).toBe(1_000);
    expect(transactions).toBeLessThan(5);
  });

  it('leaves others their turn between the pieces of long work, and then waits for the disk again', async () => {
    const database = openTestDatabase(temporaryFolder());
    const journal = createJournal(database);
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    for (let piece = 0; turns < 3; piece++) expect(await journal.writeNow(() => piece)).toBe(piece);
    clearInterval(count);
    expect(database.connection.prepare('PRAGMA own.synchronous').get()).toEqual({ synchronous: 2 });
    await expect(
      journal.writeNow(() => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(database.connection.prepare('PRAGMA own.synchronous').get()).toEqual({ synchronous: 2 });
  });

  it('tells a whole group that it could not be written, and takes the next one', async () => {
    const database = openTestDatabase(temporaryFolder());
    const journal = createJournal(database);
    const { connection } = database;
    connection.exec('CREATE TABLE main.t (a INTEGER)');
    const insert = journal.write(() => connection.exec('INSERT INTO main.t VALUES (1)'));
    const fault = journal.write(() => {
      throw new Error('no');
    });
    await expect(Promise.all([insert, fault])).rejects.toThrow('no');
    await expect(insert).rejects.toThrow('no');
    expect(connection.prepare('SELECT count(*) AS n FROM main.t').get()).toEqual({ n: 0 });
    await journal.write(() => connection.exec('INSERT INTO main.t VALUES (2)'));
    await journal.flush();
    expect(connection.prepare('SELECT a FROM main.t').all()).toEqual([{ a: 2 }]);
  });
});

describe('the queue of a run', () => {
  it('is not at its end while a row is withheld, which may come back otherwise than it was', () => {
    const { batches, newBatch, transfers } = openStores();
    const id = newBatch('queue');
    transfers.insert(transfer(id, 0));
    transfers.insert(transfer(id, 1));
    const batch = batches.get(id);
    if (batch === undefined) throw new Error('No batch');
    const inHand = new Set<number>();
    const queue = createQueue(transfers, batch, inHand);
    const take = (): number | undefined => queue.take(() => true, 0)?.transfer.seq;
    expect(take()).toBe(0);
    inHand.add(0);
    queue.withhold(1);
    expect(take()).toBeUndefined();
    expect(queue.isEmpty()).toBe(false);
    transfers.save(transfer(id, 1, { state: 'cancelled' }));
    queue.forget();
    expect(take()).toBeUndefined();
    expect(queue.isEmpty()).toBe(true);
  });
});
