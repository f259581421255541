import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  killDownload,
  undisturbedDownload,
  type DownloadReference,
  type OrderName,
} from '../../support/kill/kill-download.ts';
import { killSync, undisturbedSync, type Prepared, type SyncReference } from '../../support/kill/kill-sync.ts';
import { openKillingGround, type KillingGround } from '../../support/kill/killing-ground.ts';
import { createSeeded } from '../../support/kill/seeded.ts';

/** Of each kind; a failure names its seed, with which CONTACT_SHEET_TORTURE_SEED and one round repeat it. */
const rounds = Number(process.env['CONTACT_SHEET_TORTURE_ROUNDS'] ?? 10);
const firstSeed = Number(process.env['CONTACT_SHEET_TORTURE_SEED'] ?? 20_261_124);
const seeds = Array.from({ length: rounds }, (_, round) => firstSeed + round);
const isSync = (seed: number): boolean => seed % 2 === 0;

let ground: KillingGround;
/** Each is made once, when it is first needed. */
const syncs = new Map<Prepared, Promise<SyncReference>>();
const downloads = new Map<OrderName, Promise<DownloadReference>>();

beforeAll(async () => {
  ground = await openKillingGround();
});

afterAll(async () => {
  await ground.close();
});

function known<K, V>(references: Map<K, Promise<V>>, name: K, make: () => Promise<V>): Promise<V> {
  const reference = references.get(name) ?? make();
  references.set(name, reference);
  return reference;
}

/** A failure says at which moments the processes were killed. */
async function reporting(kills: string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new Error(`After ${kills.join('; ')}: ${String(cause)}`, { cause });
  }
}

describe('SIGKILL at any instant', () => {
  it.each(seeds.filter(isSync))('takes nothing from a sync (seed %i)', async (seed) => {
    const kills: string[] = [];
    const reference = (from: Prepared) => known(syncs, from, () => undisturbedSync(ground, from));
    await reporting(kills, () => killSync(ground, createSeeded(seed), reference, kills));
    expect(kills.length).toBeGreaterThan(0);
    if (process.env['SHOW']) console.log(seed, kills);
  });

  it.each(seeds.filter((seed) => !isSync(seed)))('takes nothing from a download (seed %i)', async (seed) => {
    const kills: string[] = [];
    const reference = (order: OrderName) => known(downloads, order, () => undisturbedDownload(ground, order));
    await reporting(kills, () => killDownload(ground, createSeeded(seed), reference, kills));
    expect(kills.length).toBeGreaterThan(0);
    if (process.env['SHOW']) console.log(seed, kills);
  });
});
