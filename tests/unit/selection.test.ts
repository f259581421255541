import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSpan,
  changeImages,
  changeResult,
  evaluateSelection,
  isSameImage,
  nothingSelected,
  selectImages,
  selectResult,
  type ImageSet,
  type Selection,
} from '../../main/domain/selection.ts';

/** A library of twenty images in which `div:N` finds those whose id N divides, newest first. */
const ids = Array.from({ length: 20 }, (_, index) => 20 - index);
const key = (id: number) => ({ accountId: 1, id });

function find(what: ImageSet): Set<number> {
  if (what.kind === 'images') return new Set(what.images.map(({ id }) => id));
  const found = ids.filter((id) => id % Number(what.query.slice(4)) === 0);
  if (what.kind === 'result') return new Set(found);
  const ends = [found.indexOf(what.from.id), found.indexOf(what.to.id)].toSorted((one, other) => one - other);
  return new Set(ends[0] === -1 ? [] : found.slice(ends[0], (ends[1] ?? 0) + 1));
}

function idsOf(selection: Selection): Set<number> {
  return evaluateSelection(selection, {
    empty: () => new Set<number>(),
    find,
    combine(how, into, what) {
      for (const id of what) {
        if (how === 'add' || (how === 'flip' && !into.has(id))) into.add(id);
        else into.delete(id);
      }
      return into;
    },
  });
}

const query = fc.constantFrom('div:1', 'div:2', 'div:3', 'div:5');
const image = fc.integer({ min: 1, max: 20 });
type Act = (state: { selection: Selection; ids: Set<number> }) => { selection: Selection; ids: Set<number> };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(fc.constantFrom('add', 'remove'), fc.array(image, { maxLength: 3 })).map(([how, images]): Act => (state) => {
    const next = new Set(state.ids);
    for (const id of images)
      if (how === 'add') next.add(id);
      else next.delete(id);
    return { selection: changeImages(state.selection, how, images.map(key)), ids: next };
  }),
  fc.tuple(fc.constantFrom('add', 'remove', 'flip'), query).map(([how, text]): Act => (state) => {
    const next = new Set(state.ids);
    for (const id of find({ kind: 'result', query: text })) {
      if (how === 'add' || (how === 'flip' && !next.has(id))) next.add(id);
      else next.delete(id);
    }
    return { selection: changeResult(state.selection, how, text), ids: next };
  }),
  fc.tuple(query, image, image).map(([text, from, to]): Act => (state) => {
    const span = find({ kind: 'span', query: text, from: key(from), to: key(to) });
    return { selection: addSpan(state.selection, text, key(from), key(to)), ids: state.ids.union(span) };
  }),
);

describe('a selection', () => {
  it('means what one by one was done to it', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const end = acts.reduce((state, apply) => apply(state), { selection: nothingSelected, ids: new Set<number>() });
        expect([...idsOf(end.selection)].toSorted()).toEqual([...end.ids].toSorted());
      }),
    );
  });

  it('stays small however many single images are picked and dropped', () => {
    const picked = ids.reduce<Selection>(
      (selection, id) => changeImages(selection, 'add', [key(id)]),
      selectResult('div:2'),
    );
    const dropped = ids.reduce<Selection>((selection, id) => changeImages(selection, 'remove', [key(id)]), picked);
    expect(picked).toHaveLength(2);
    expect(dropped).toHaveLength(2);
  });

  it('forgets what was turned round twice, and what was never there', () => {
    const chosen = selectImages([key(1)]);
    expect(changeResult(changeResult(chosen, 'flip', 'div:2'), 'flip', 'div:2')).toEqual(chosen);
    expect(changeResult(nothingSelected, 'remove', 'div:2')).toEqual(nothingSelected);
    expect(changeImages(chosen, 'remove', [key(1)])).toEqual(nothingSelected);
    expect(selectImages([])).toEqual(nothingSelected);
  });

  it('tells images of two accounts apart', () => {
    expect(isSameImage({ accountId: 1, id: 5 }, { accountId: 2, id: 5 })).toBe(false);
    expect(isSameImage({ accountId: 1, id: 5 }, { accountId: 1, id: 5 })).toBe(true);
  });
});
