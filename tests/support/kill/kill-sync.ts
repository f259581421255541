import { expect } from 'vitest';
import { dataSnapshot, leftBehind, type DataSnapshot } from './data-snapshot.ts';
import { keyEnv, type KillingGround } from './killing-ground.ts';
import { describeMoment, runAndKill, type Moment } from './run-and-kill.ts';
import type { Seeded } from './seeded.ts';

export type Prepared = 'fresh' | 'earlier';
export type SyncReference = { readonly snapshot: DataSnapshot; readonly calls: number };

/** What a sync that nobody disturbs leaves. */
export async function undisturbedSync(ground: KillingGround, from: Prepared): Promise<SyncReference> {
  ground.misbehave();
  const before = ground.api.calls().length;
  const { home, events } = ground.homeFrom(ground[from]);
  const { code } = await events(['sync'], { env: keyEnv });
  expect(code).toBe(0);
  return { snapshot: dataSnapshot(home, ''), calls: ground.api.calls().length - before };
}

/** Kills a sync up to three times, then lets it end: nothing may tell it from the undisturbed one. `kills` is told of each. */
export async function killSync(
  ground: KillingGround,
  chance: Seeded,
  reference: (from: Prepared) => Promise<SyncReference>,
  kills: string[],
): Promise<void> {
  const { api } = ground;
  const from = chance.pick(['fresh', 'earlier'] as const);
  const args = ['sync', '--json', ...chance.pick([[], ['--full']])];
  const undisturbed = await reference(from);
  const cli = ground.homeFrom(ground[from]);
  ground.misbehave();
  const before = api.calls().length;
  const requests = (): number => api.calls().length;
  let mostCalls = undisturbed.calls;
  for (let kill = chance.between(1, 3); kill > 0; kill--) {
    const moment = syncMoment(chance, undisturbed.calls);
    const { killed, code, out } = await runAndKill(cli, args, moment, { options: { env: keyEnv }, requests });
    expect(killed ? 0 : code, out).toBe(0);
    const { syncs, isWalking } = leftBehind(cli.home);
    kills.push(
      `${args.join(' ')} from ${from}, ${killed ? describeMoment(moment) : 'which was too late'}: ${String(syncs.at(-1)?.['state'])}`,
    );
    // A walk goes on; where it had reached its end, or had not begun, the next sync may be a whole one.
    mostCalls += isWalking ? 2 : undisturbed.calls;
  }

  const { code, events } = await cli.events(
    args.filter((word) => word !== '--json'),
    { env: keyEnv },
  );
  expect({ code, events }).toMatchObject({ code: 0, events: expect.arrayContaining([expect.objectContaining(whole)]) });
  expect(dataSnapshot(cli.home, '')).toEqual(undisturbed.snapshot);
  const made = api.calls().length - before;
  const counted = leftBehind(cli.home).syncs.reduce((sum, { calls }) => sum + Number(calls), 0);
  const countedBefore = leftBehind(ground[from]).syncs.reduce((sum, { calls }) => sum + Number(calls), 0);
  expect(made).toBeLessThanOrEqual(mostCalls);
  expect(counted - countedBefore, 'calls in the journal').toBeGreaterThanOrEqual(made);
  expect(counted - countedBefore, 'calls in the journal').toBeLessThanOrEqual(made + kills.length);
}

const whole = { event: 'done', complete: true };

function syncMoment(chance: Seeded, calls: number): Moment {
  const kind = chance.pick(['request', 'request', 'request', 'time'] as const);
  if (kind === 'time') return { afterMs: chance.between(100, 1_200) };
  return {
    requests: chance.between(1, calls),
    afterMs: chance.pick([0, 0, chance.between(1, 12), chance.between(5, 60)]),
  };
}
