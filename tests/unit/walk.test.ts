import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginWalk,
  nextPage,
  observe,
  type Outcome,
  type PageFacts,
  type Walk,
} from '../../main/domain/network/walk.ts';

/** Creates an API list, newest first, and a catalogue that imitates page-saver.ts without a database. */
function createWorld(count: number, perPage = 100) {
  const server = Array.from({ length: count }, (_, index) => count - index);
  const marks = new Map<number, number>();
  let nextId = count + 1;
  let last: Outcome | null = null;
  let mark = 0;
  let wrongTotal = 0;
  const upload = (images: number) => {
    for (let index = 0; index < images; index++) server.unshift(nextId++);
  };
  const remove = (positions: readonly number[]) => {
    for (const position of positions) server.splice(position % Math.max(1, server.length), 1);
  };
  /** Overrides for the server's answer about a page. */
  let said: (page: number, ids: readonly number[]) => Partial<PageFacts> = () => ({});
  /** The page that the server returns instead of the requested one. */
  let given = (page: number): number => page;
  const readPage = (walk: Walk): PageFacts => {
    const page = nextPage(walk);
    const ids = server.slice((given(page) - 1) * perPage, given(page) * perPage);
    const unknown = ids.filter((id) => !marks.has(id)).length;
    const unseen = ids.filter((id) => marks.get(id) !== walk.mark).length;
    for (const id of ids) marks.set(id, walk.mark);
    const span = { highest: ids[0] ?? null, lowest: ids.at(-1) ?? null };
    const seen = { ...span, unknown, unseen, repeated: ids.length - unseen, malformedUnseen: 0, malformed: 0 };
    const counts = { totalItems: server.length + wrongTotal, records: ids.length, present: marks.size };
    return { page, perPage, hasMore: false, ...counts, ...seen, ...said(page, ids) };
  };
  const sweep = (keep: number): number[] => {
    const gone = [...marks].filter(([, seen]) => seen < keep).map(([id]) => id);
    for (const id of gone) marks.delete(id);
    return gone;
  };
  /** Walks until the end; `between` runs after each call. Returns the calls made. */
  const sync = (
    mode: Walk['mode'],
    between: (call: number) => void = () => undefined,
    stopAfter = Infinity,
    from?: Walk,
  ) => {
    let walk = from ?? beginWalk(mode, ++mark);
    for (let calls = 1; ; calls++) {
      if (calls > 1000) throw new Error('The walk does not end');
      const facts = readPage(walk);
      between(calls);
      const verdict = observe(walk, facts, last);
      if (verdict.kind === 'go-on') walk = verdict.walk;
      else if (verdict.kind === 'again') walk = { ...verdict.walk, mark: ++mark };
      else {
        if (verdict.kind === 'ended') last = verdict.outcome;
        const gone = verdict.kind === 'ended' && verdict.sweep ? sweep(walk.mark) : [];
        return { calls, gone, verdict, walk };
      }
      if (calls === stopAfter) return { calls, gone: [], verdict, walk };
    }
  };
  const catalogue = () => [...marks.keys()].sort((a, b) => b - a);
  const say = (what: typeof said) => void (said = what);
  const give = (which: typeof given) => void (given = which);
  return { server, upload, remove, sync, catalogue, say, give, lie: (by: number) => (wrongTotal = by) };
}

describe('a walk', () => {
  it('reads each page of a quiet list once, and a second one costs one call', () => {
    const world = createWorld(2537);
    expect(world.sync('incremental').calls).toBe(26);
    expect(world.catalogue()).toEqual(world.server);
    expect(world.sync('incremental')).toMatchObject({ calls: 1, verdict: { kind: 'current' } });
  });

  it('takes one call for an empty list', () => {
    const world = createWorld(0);
    expect(world.sync('incremental').calls).toBe(1);
    expect(world.sync('full').calls).toBe(1);
  });

  it('reads only the head for new images', () => {
    const world = createWorld(2000);
    world.sync('incremental');
    world.upload(150);
    expect(world.sync('incremental').calls).toBe(3);
    expect(world.catalogue()).toEqual(world.server);
  });

  it('reads the head once more for what was uploaded meanwhile', () => {
    const world = createWorld(2537);
    const { calls } = world.sync('incremental', (call) => {
      if (call <= 7) world.upload(1);
    });
    expect(calls).toBe(27);
    expect(world.catalogue()).toEqual(world.server);
  });

  it('marks removed images gone only after the whole list was read', () => {
    const world = createWorld(1000);
    world.sync('incremental');
    world.remove(Array.from({ length: 40 }, (_, index) => index * 20));
    const { calls, gone } = world.sync('incremental');
    expect(gone).toHaveLength(40);
    expect(calls).toBe(10);
    expect(world.catalogue()).toEqual(world.server);
  });

  it('misses nothing that moves up over the border while it reads', () => {
    const world = createWorld(1000);
    const { gone } = world.sync('full', (call) => {
      if (call === 4) world.remove([3, 5, 9]);
    });
    expect(gone).toEqual([997, 994, 989]);
    expect(world.catalogue()).toEqual(world.server);
  });

  it('goes on where it stopped, also when images came in between', () => {
    const world = createWorld(1000);
    const stopped = world.sync('incremental', undefined, 4);
    world.upload(3);
    const { calls } = world.sync('incremental', undefined, Infinity, stopped.walk);
    expect(calls).toBe(8);
    expect(world.catalogue()).toEqual(world.server);
  });

  it('does not walk for ever over a total that is always wrong, and sweeps nothing by it', () => {
    const world = createWorld(500);
    world.lie(7);
    expect(world.sync('incremental').verdict).toMatchObject({ kind: 'ended', sweep: false });
    expect(world.sync('incremental').verdict).toMatchObject({ kind: 'ended', sweep: false });
    expect(world.sync('incremental')).toMatchObject({ calls: 1, verdict: { kind: 'current' } });
  });

  it.each([-60, -120, -150, -190, -250])('goes on though the total is wrong by %i, and remembers it', (by) => {
    const world = createWorld(250);
    world.lie(by);
    const hasMore = (page: number): Partial<PageFacts> => ({ hasMore: page < 3 });
    world.say(hasMore);
    const first = world.sync('incremental');
    expect(first).toMatchObject({ calls: 3, verdict: { kind: 'ended', sweep: false, outcome: { missing: by } } });
    expect(world.catalogue()).toEqual(world.server);
    expect(world.sync('incremental')).toMatchObject({ calls: 1, verdict: { kind: 'current' } });
    world.upload(1);
    world.sync('incremental');
    expect(world.catalogue()).toEqual(world.server);
  });

  it('marks images gone under a total that is wrong by the same twice', () => {
    const world = createWorld(250);
    world.lie(-60);
    world.sync('incremental');
    world.remove([7, 120]);
    expect(world.sync('incremental').gone).toEqual([243, 129]);
    expect(world.catalogue()).toEqual(world.server);
    expect(world.sync('incremental').calls).toBe(1);
  });

  it('makes no call beyond a last page that is full', () => {
    const world = createWorld(300);
    expect(world.sync('incremental').calls).toBe(3);
    expect(world.sync('full').calls).toBe(3);
  });

  it.each<[string, number, (page: number, ids: readonly number[]) => Partial<PageFacts>]>([
    ['always too high', 3, () => ({ perPage: 1000 })],
    ['always too low', 3, () => ({ perPage: 10 })],
    ['what the last page holds', 3, () => ({ perPage: 50 })],
    ['the number of records', 3, (_page, ids) => ({ perPage: Math.max(1, ids.length) })],
    ['1', 3, () => ({ perPage: 1 })],
  ])('takes no page size for true that the pages contradict: %s', (_, calls, say) => {
    const world = createWorld(250);
    world.say(say);
    const first = world.sync('incremental');
    expect(first).toMatchObject({ verdict: { kind: 'ended', sweep: true } });
    expect(first.calls).toBe(calls);
    expect(world.catalogue()).toEqual(world.server);
    expect(world.sync('incremental').calls).toBe(1);
  });

  it.each<[string, number, (page: number) => number]>([
    ['the first page, always', 2, () => 1],
    ['the last page for those behind it', 4, (page) => Math.min(page, 3)],
    ['the pages in turn', 4, (page) => ((page - 1) % 3) + 1],
  ])('stops where it is given %s, claims nothing, and ends the same way again', (_, calls, give) => {
    const world = createWorld(250);
    world.lie(1_000);
    world.give(give);
    for (const mode of ['incremental', 'full', 'incremental'] as const) {
      const stuck = { kind: 'ended', sweep: false, isStuck: true, outcome: { missing: null } };
      expect(world.sync(mode)).toMatchObject({ calls, gone: [], verdict: stuck });
    }
  });

  const move = fc.record({
    atCall: fc.integer({ min: 1, max: 30 }),
    uploads: fc.integer({ min: 0, max: 250 }),
    removals: fc.array(fc.nat(4000), { maxLength: 250 }),
  });

  it('never takes an image for gone that is there, and is right after a quiet sync, whatever moves', () => {
    fc.assert(
      fc.property(
        fc.nat(2500),
        fc.array(move, { maxLength: 6 }),
        fc.array(move, { maxLength: 6 }),
        (count, first, second) => {
          const world = createWorld(count);
          for (const moves of [first, second]) {
            const { gone } = world.sync('incremental', (call) => {
              for (const { atCall, uploads, removals } of moves) {
                if (atCall !== call) continue;
                world.remove(removals);
                world.upload(uploads);
              }
            });
            expect(gone.filter((id) => world.server.includes(id))).toEqual([]);
          }
          world.sync('incremental');
          expect(world.catalogue()).toEqual(world.server);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is right after a quiet sync whatever moved while it was stopped', () => {
    fc.assert(
      fc.property(fc.nat(2500), fc.integer({ min: 1, max: 10 }), move, (count, stopAfter, { uploads, removals }) => {
        const world = createWorld(count);
        const stopped = world.sync('incremental', undefined, stopAfter);
        world.remove(removals);
        world.upload(uploads);
        if (stopped.verdict.kind === 'go-on') world.sync('incremental', undefined, Infinity, stopped.walk);
        world.sync('incremental');
        expect(world.catalogue()).toEqual(world.server);
      }),
      { numRuns: 300, examples: [[202, 2, { atCall: 1, uploads: 200, removals: [0, 0] }]] },
    );
  });
});
