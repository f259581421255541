import { expect } from 'vitest';
import { dataSnapshot, leftBehind, type DataSnapshot } from './data-snapshot.ts';
import { keyEnv, type KillingGround } from './killing-ground.ts';
import { describeMoment, runAndKill, type Moment } from './run-and-kill.ts';
import type { Seeded } from './seeded.ts';

export type Prepared = 'fresh' | 'earlier';
export type SyncReference = { readonly snapshot: DataSnapshot; readonly calls: number };

/** Runs an uninterrupted sync and returns its result. */
export async function undisturbedSync(ground: KillingGround, from: Prepared): Promise<SyncReference> {
  ground.misbehave();
  const before = ground.api.calls().length;
  const { home, events } = ground.homeFrom(ground[from]);
  const { code } = await events(['sync'], { env: keyEnv });
  expect(code).toBe(0);
  return { snapshot: dataSnapshot(home, ''), calls: ground.api.calls().length - before };
}

/** Kills a sync up to three times, then lets it finish as if uninterrupted. Adds each kill to `kills`. */
export async function killSync(
  ground: KillingGround,
  random: Seeded,
  reference: (from: Prepared) => Promise<SyncReference>,
  kills: string[],
): Promise<void> {
  const { api } = ground;
  const from = random.pick(['fresh', 'earlier'] as const);
  const args = ['sync', '--json', ...random.pick([[], ['--full']])];
  const undisturbed = await reference(from);
  const cli = ground.homeFrom(ground[from]);
  ground.misbehave();
  const before = api.calls().length;
  const requests = (): number => api.calls().length;
  let maxCalls = undisturbed.calls;
  for (let kill = random.between(1, 3); kill > 0; kill--) {
    const moment = syncMoment(random, undisturbed.calls);
    const { killed, code, out } = await runAndKill(cli, args, moment, { options: { env: keyEnv }, requests });
    expect(killed ? 0 : code, out).toBe(0);
    const { syncs, isWalking } = leftBehind(cli.home);
    kills.push(
      `${args.join(' ')} from ${from}, ${killed ? describeMoment(moment) : 'which was too late'}: ${String(syncs.at(-1)?.['state'])}`,
    );
    // An unfinished walk continues; after its end, or before its start, the next sync may be a full one.
    maxCalls += isWalking ? 2 : undisturbed.calls;
  }

  const { code, events } = await cli.events(
    args.filter((word) => word !== '--json'),
    { env: keyEnv },
  );
  expect({ code, events }).toMatchObject({
    code: 0,
    events: expect.arrayContaining([expect.objectContaining(completeSync)]),
  });
  expect(dataSnapshot(cli.home, '')).toEqual(undisturbed.snapshot);
  const callCount = api.calls().length - before;
  const counted = leftBehind(cli.home).syncs.reduce((sum, { calls }) => sum + Number(calls), 0);
  const countedBefore = leftBehind(ground[from]).syncs.reduce((sum, { calls }) => sum + Number(calls), 0);
  expect(callCount).toBeLessThanOrEqual(maxCalls);
  expect(counted - countedBefore, 'calls in the journal').toBeGreaterThanOrEqual(callCount);
  expect(counted - countedBefore, 'calls in the journal').toBeLessThanOrEqual(callCount + kills.length);
}

const completeSync = { event: 'done', complete: true };

function syncMoment(random: Seeded, calls: number): Moment {
  const kind = random.pick(['request', 'request', 'request', 'time'] as const);
  if (kind === 'time') return { afterMs: random.between(100, 1_200) };
  return {
    requests: random.between(1, calls),
    afterMs: random.pick([0, 0, random.between(1, 12), random.between(5, 60)]),
  };
}
