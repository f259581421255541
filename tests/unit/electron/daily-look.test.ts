import { expect, onTestFinished, test } from 'vitest';
import type { UpdateState } from '../../../main/domain/update.ts';
import type { Core } from '../../../main/core.ts';
import { lookForUpdatesDaily } from '../../../main/hosts/electron/updates/daily-look.ts';
import { manualClock } from '../../integration/downloads-bytes/manual-clock.ts';

const hourMs = 3_600_000;

/** Opens the daily check on a manual clock, and records its calls of the core. */
function open(looksForUpdates: boolean | null, checkedAt: number | null = null, state: UpdateState = 'idle') {
  const clock = manualClock();
  const now = { looksForUpdates, checkedAt, state, isBusy: false, isBroken: false };
  const looks: number[] = [];
  const problems: unknown[] = [];
  const call = async (name: string, input: unknown) => {
    if (now.isBroken) throw new Error('broken');
    if (name === 'settings.get') return { ok: true, value: { settings: now } };
    if (name === 'updates.state') return { ok: true, value: now };
    expect([name, input]).toEqual(['updates.check', { quietly: true }]);
    looks.push(clock.now());
    now.checkedAt = clock.now();
    return { ok: true, value: now };
  };
  const stop = lookForUpdatesDaily({ call } as unknown as Pick<Core, 'call'>, {
    clock,
    isBusy: () => now.isBusy,
    failed: (error) => void problems.push(error),
  });
  onTestFinished(stop);
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await clock.advance(0);
  };
  return { now, looks, problems, pass, stop, clock };
}

test('the app looks a minute after its start, then once a day, where the user wants it', async () => {
  const { looks, pass } = open(true);
  await pass(59_000);
  expect(looks).toEqual([]);
  await pass(1000);
  expect(looks).toEqual([60_000]);
  for (let hour = 0; hour < 50; hour += 1) await pass(hourMs);
  expect(looks).toEqual([60_000, 60_000 + 24 * hourMs, 60_000 + 48 * hourMs]);
});

test('it never looks unasked, and not again within a day of the last look, of an earlier start too', async () => {
  for (const wish of [null, false]) {
    const { looks, pass } = open(wish);
    for (let hour = 0; hour < 30; hour += 1) await pass(hourMs);
    expect(looks).toEqual([]);
  }
  const { looks, pass } = open(true, -23 * hourMs);
  await pass(60_000);
  expect(looks).toEqual([]);
  await pass(hourMs);
  expect(looks).toHaveLength(1);
  // The clock was set back meanwhile.
  const later = open(true, 9 * 24 * hourMs);
  await later.pass(60_000);
  expect(later.looks).toHaveLength(1);
});

test('it waits for downloads, and looks for nothing that it has found', async () => {
  const { now, looks, pass } = open(true);
  now.isBusy = true;
  await pass(60_000);
  expect(looks).toEqual([]);
  now.isBusy = false;
  await pass(hourMs);
  expect(looks).toHaveLength(1);
  for (const state of ['absent', 'checking', 'available', 'downloading', 'ready', 'installing'] as const) {
    const found = open(true, null, state);
    await found.pass(60_000);
    expect(found.looks).toEqual([]);
  }
});

test('it ends with the app, and a bug is told of', async () => {
  const ended = open(true);
  ended.stop();
  await ended.pass(60_000);
  expect([ended.looks, ended.problems, ended.clock.sleepers()]).toEqual([[], [], 0]);
  const broken = open(true);
  broken.now.isBroken = true;
  await broken.pass(60_000);
  await expect.poll(() => broken.problems).toHaveLength(1);
});
