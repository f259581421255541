import { describe, expect, it } from 'vitest';
import { must, openTestCore } from '../support/core.ts';

async function openSample(count: number) {
  const { core } = openTestCore();
  const account = must(await core.call('sample.add', { name: 'Sample', count }));
  must(await core.call('sync.run', { accountId: account.id }));
  return { core, account };
}

describe('results and selections', () => {
  it('gives rows, positions and marks of one result', async () => {
    const { core } = await openSample(250);
    const { handle, totals } = must(await core.call('catalogue.query', { text: 'sort:name' }));
    expect(totals.count).toBe(250);
    const rows = must(await core.call('catalogue.rows', { handle, from: 100, to: 103 }));
    const [first, second] = rows;
    if (!first || !second) throw new Error('No rows');
    const image = { accountId: second.accountId, id: second.id };
    expect(must(await core.call('catalogue.position', { handle, image }))).toBe(101);
    expect(must(await core.call('catalogue.position', { handle, image: { ...image, id: 5 } }))).toBeNull();
    expect(must(await core.call('catalogue.image', image))).toEqual(second);

    const whole = { kind: 'positions', handle, from: 0, to: 250 } as const;
    const all = must(await core.call('selection.change', { how: 'add', what: whole }));
    const { selection } = must(
      await core.call('selection.change', {
        ...{ selection: all.selection, how: 'remove', what: { kind: 'images', images: [image] } },
      }),
    );
    const marks = must(await core.call('selection.marks', { handle, from: 100, to: 103, selection }));
    expect(marks).toEqual([true, false, true]);
    expect(must(await core.call('selection.measure', { selection })).count).toBe(249);
    const inverted = must(await core.call('selection.change', { selection, how: 'flip', what: whole }));
    expect(inverted.totals.count).toBe(1);
  });

  it('gives a first screen without the index, and labels for a scrubber', async () => {
    const { core } = await openSample(250);
    must(await core.call('sample.add', { name: 'Second', count: 250 }));
    const [, second] = must(await core.call('accounts.list', {}));
    must(await core.call('sync.run', { accountId: second?.id ?? 0 }));
    const { handle, totals } = must(await core.call('catalogue.query', { text: '' }));
    const rows = must(await core.call('catalogue.rows', { handle, from: 0, to: 60 }));
    expect(must(await core.call('catalogue.newest', { limit: 60 }))).toEqual({ count: totals.count, rows });
    const scale = must(await core.call('catalogue.scale', { handle, steps: 3 }));
    expect(scale.sort).toEqual({ key: 'id', descending: true });
    expect(scale.marks.map(({ position }) => position)).toEqual([0, 250, 499]);
    expect(scale.marks[0]?.value).toBe(rows[0]?.id);
  });

  it('leaves each row in its place while images of the result go', async () => {
    const { core, account } = await openSample(120);
    const { id } = must(await core.call('sample.add', { name: 'Second', count: 120 }));
    must(await core.call('sync.run', { accountId: id }));
    const { handle } = must(await core.call('catalogue.query', { text: 'sort:name' }));
    const range = { handle, from: 0, to: 240 };
    const before = must(await core.call('catalogue.rows', range));
    must(await core.call('accounts.remove', { id: account.id, catalogue: 'delete' }));
    const after = must(await core.call('catalogue.rows', range));
    expect(after.map((row) => row?.id)).toEqual(
      before.map((row) => (row?.accountId === account.id ? undefined : row?.id)),
    );
    expect(after.filter((row) => row === null)).toHaveLength(120);
  });

  it('brings the first rows along, however many queries overtake one another', async () => {
    const { core } = await openSample(60);
    const texts = Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 'sort:name' : `-none${at}`));
    const found = await Promise.all(texts.map((text) => core.call('catalogue.query', { text, take: 5 })));
    expect(found.map((answer) => must(answer).rows.length)).toEqual(texts.map(() => 5));
    const { handle, rows } = must(await core.call('catalogue.query', { text: 'sort:name', take: 5 }));
    expect(must(await core.call('catalogue.rows', { handle, from: 0, to: 5 }))).toEqual(rows);
  });

  it('counts many queries at once and forgets released results', async () => {
    const { core } = await openSample(150);
    const texts = ['', 'is:downloaded', 'ext:png', '-ext:png'];
    const { totals: counts } = must(await core.call('catalogue.counts', { texts }));
    expect(counts[0]?.count).toBe(150);
    expect(counts[1]?.count).toBe(0);
    expect((counts[2]?.count ?? 0) + (counts[3]?.count ?? 0)).toBe(150);
    const { handle } = must(await core.call('catalogue.query', { text: '' }));
    must(await core.call('catalogue.release', { handle }));
    const rows = await core.call('catalogue.rows', { handle, from: 0, to: 1 });
    expect(rows).toMatchObject({ ok: false, error: { code: 'unknown-handle' } });
  });

  it('plans and downloads what was selected by hand, and goes on with it under the same selection', async () => {
    const { core } = await openSample(120);
    const { rows } = must(await core.call('catalogue.query', { text: '-is:other', take: 3 }));
    const images = rows.map(({ accountId, id }) => ({ accountId, id }));
    const select = async () =>
      must(await core.call('selection.change', { how: 'add', what: { kind: 'images', images } })).selection;
    const selection = await select();
    const order = { query: 'sort:name', selection, destination: `${core.folders.data}/pictures` };
    expect(must(await core.call('downloads.plan', order))).toMatchObject({ images: 3, files: 3 });
    const { batch } = must(await core.call('downloads.start', order));
    const end = must(await core.call('downloads.wait', { batchId: batch.id }));
    expect(end.batch).toMatchObject({ done: 3, failed: 0, isSelection: true });
    const downloaded = must(await core.call('catalogue.query', { text: 'is:downloaded' }));
    expect(downloaded.totals.count).toBe(3);
  });

  it('does nothing for a selection in which a query has a mistake', async () => {
    const { core } = await openSample(10);
    const change = { how: 'add', what: { kind: 'query', query: 'size:big' } } as const;
    const refused = { ok: false, error: { code: 'query-mistake' } };
    expect(await core.call('selection.change', change)).toMatchObject(refused);
    const order = { query: 'size:big', destination: `${core.folders.data}/pictures` };
    expect(await core.call('downloads.plan', order)).toMatchObject(refused);
  });
});
