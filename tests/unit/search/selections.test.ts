import { describe, expect, it } from 'vitest';
import type { ImageKey } from '../../../main/domain/image/image.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { isSameImage, type ImageSet } from '../../../main/domain/image/selection.ts';
import { createSelections } from '../../../main/adapters/search/engine/selections.ts';
import type { SearchEngine } from '../../../main/adapters/search/engine/search-engine.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { must } from '../../support/core.ts';
import { createWorld } from '../../support/search-world.ts';

type Engine = Pick<SearchEngine, 'all' | 'keys' | 'marks' | 'measure' | 'query' | 'release' | 'select'>;

/** Sixty images of about 1,000 to 60,000 bytes, none of them measured. */
const images = Array.from({ length: 60 }, (_, index) =>
  catalogueImage({
    id: index + 1,
    accountId: index % 2 === 0 ? 1 : 2,
    name: `${index}.png`,
    nominalBytes: 1000 * (index + 1),
  }),
);

const engines = ['index', 'plain'] as const;

async function open(kind: (typeof engines)[number]) {
  const world = createWorld(images);
  const engine: Engine = world[kind];
  const { handle } = must(await engine.query(parseQuery('sort:size-desc')));
  const keys = must(await engine.keys(handle, 0, 60));
  const at = (position: number): ImageKey => keys[position] ?? { accountId: 0, id: 0 };
  const select = async (what: ImageSet) => must(await engine.select({ selection: null, how: 'add', what }));
  const members = async (selection: string) => {
    const { ids } = must(await engine.all({ query: '', selection }));
    return [...ids].toSorted((one, other) => one - other);
  };
  return { world, engine, handle, at, select, members };
}

const five = [56, 57, 58, 59, 60];

describe.each(engines)('a selection of the %s engine', (kind) => {
  it('keeps its members when sizes become exact and the order is another', async () => {
    const { world, handle, at, select, members } = await open(kind);
    const { selection, totals } = await select({ kind: 'span', handle, from: at(0), to: at(4) });
    expect(totals).toMatchObject({ count: 5, approximate: 5 });
    world.put(images.slice(50).map((image) => ({ ...image, exactBytes: 61 - image.id })));
    expect(await members(selection)).toEqual(five);
  });

  it('keeps its members, however they were selected, when they are gone, renamed, or found no more', async () => {
    const { world, engine, handle, at, select, members } = await open(kind);
    const sets: ImageSet[] = [
      { kind: 'images', images: [0, 1, 2, 3, 4].map(at) },
      { kind: 'positions', handle, from: 0, to: 5 },
      { kind: 'span', handle, from: at(4), to: at(0) },
      { kind: 'query', query: 'size:>=56000' },
    ];
    const selections = await Promise.all(sets.map(select));
    engine.release(handle);
    world.put(images.slice(55).map((image) => ({ ...image, gone: image.id > 58, name: 'other.gif', nominalBytes: 5 })));
    for (const { selection } of selections) {
      expect(await members(selection)).toEqual(five);
      expect(must(await engine.measure(selection))).toMatchObject({ count: 5, bytes: 25, lost: 0 });
    }
  });

  it('is another one after a change, and stays as it was', async () => {
    const { engine, handle, select, members } = await open(kind);
    const first = await select({ kind: 'positions', handle, from: 0, to: 5 });
    const inverted = must(
      await engine.select({
        ...{ selection: first.selection, how: 'flip' },
        what: { kind: 'positions', handle, from: 0, to: 60 },
      }),
    );
    expect(inverted.totals.count).toBe(55);
    expect(await members(first.selection)).toEqual(five);
    const what = { kind: 'query', query: 'sort:name -"1.png"' } as const;
    const removed = must(await engine.select({ selection: inverted.selection, how: 'remove', what }));
    expect(await members(removed.selection)).toEqual([2, 12, 22, 32, 42, 52]);
  });

  it('has only the end of a span whose beginning is not in the result', async () => {
    const { engine, at, select, members } = await open(kind);
    const { handle } = must(await engine.query(parseQuery('size:<50000')));
    const span = await select({ kind: 'span', handle, from: at(0), to: { accountId: 2, id: 10 } });
    expect(span.isAnchored).toBe(false);
    expect(await members(span.selection)).toEqual([10]);
  });

  it('keeps its members when the index is read again, and while images are added', async () => {
    const { world, engine, handle, select, members } = await open(kind);
    const { selection } = await select({ kind: 'positions', handle, from: 0, to: 5 });
    world.put(Array.from({ length: 3000 }, (_, index) => catalogueImage({ id: 1000 + index, name: `new ${index}` })));
    world.overflow();
    expect(await members(selection)).toEqual(five);
    // The result belongs to the previous table.
    expect(must(await engine.marks(handle, { from: 3, to: 7 }, selection))).toEqual([true, true, false, false]);
    const what = { kind: 'positions', handle, from: 4, to: 7 } as const;
    const longer = must(await engine.select({ selection, how: 'add', what }));
    expect(await members(longer.selection)).toEqual([54, 55, ...five]);
  });

  it.each([false, true])('says how many images went with their account (index read again: %s)', async (isReloaded) => {
    const { world, engine, handle, select, members } = await open(kind);
    const { selection } = await select({ kind: 'positions', handle, from: 0, to: 5 });
    world.eraseAccount(2);
    if (isReloaded) world.overflow();
    expect(must(await engine.measure(selection))).toMatchObject({ count: 2, lost: 3 });
    expect(await members(selection)).toEqual([57, 59]);
    expect((await engine.select({ selection, how: 'add', what: { kind: 'images', images: [] } })).ok).toBe(true);
  });

  it('fails with what is unknown', async () => {
    const { engine, handle, select } = await open(kind);
    const unknown = { ok: false, error: { code: 'unknown-selection' } };
    const nothing = { kind: 'images', images: [] } as const;
    expect(await engine.measure('x')).toMatchObject(unknown);
    expect(await engine.marks(handle, { from: 0, to: 5 }, 'x')).toMatchObject(unknown);
    expect(await engine.all({ query: '', selection: 'x' })).toMatchObject(unknown);
    expect(await engine.select({ selection: 'x', how: 'add', what: nothing })).toMatchObject(unknown);
    const { selection } = await select(nothing);
    const what = { kind: 'positions', handle: handle + 1, from: 0, to: 1 } as const;
    const failed = { ok: false, error: { code: 'unknown-handle' } };
    expect(await engine.select({ selection, how: 'add', what })).toMatchObject(failed);
  });
});

describe('selections that are held', () => {
  it('are released, and those of closed pages when four newer ones were closed', () => {
    const selections = createSelections<number>(() => 1);
    const handles = Array.from({ length: 7 }, (_, index) => selections.keep(index));
    for (const handle of handles.slice(0, 6)) selections.leave(handle);
    expect(handles.map(selections.get)).toEqual([undefined, undefined, 2, 3, 4, 5, 6]);
    selections.release(handles[6] ?? '');
    expect(selections.get(handles[6] ?? '')).toBeUndefined();
  });

  it('are bounded for a client that releases none; the one unused for longest goes', () => {
    const selections = createSelections<number>(() => 20_000_000);
    const [first = '', second = '', third = ''] = [1, 2, 3].map((value) => selections.keep(value));
    selections.get(first);
    selections.keep(4);
    expect([first, second, third].map(selections.get)).toEqual([1, undefined, 3]);
  });

  it('are never named alike by two processes', () => {
    expect(createSelections<number>(() => 1).keep(1)).not.toBe(createSelections<number>(() => 1).keep(1));
  });

  it('are told from one another by account', () => {
    expect(isSameImage({ accountId: 1, id: 5 }, { accountId: 2, id: 5 })).toBe(false);
  });
});
