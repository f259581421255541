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

/** The number of rounds, each with its own seed; CONTACT_SHEET_TORTURE_SEED with one round repeats one. */
const rounds = Number(process.env['CONTACT_SHEET_TORTURE_ROUNDS'] ?? 10);
const firstSeed = Number(process.env['CONTACT_SHEET_TORTURE_SEED'] ?? 20_261_124);
const seeds = Array.from({ length: rounds }, (_, round) => firstSeed + round);
const isSync = (seed: number): boolean => seed % 2 === 0;

let ground: KillingGround;
/** The references, created once when first needed. */
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

/** Adds the moments at which processes were killed to the report of a failure, and to the verbose report. */
async function telling(
  tell: (text: string) => Promise<unknown>,
  work: (kills: string[]) => Promise<void>,
): Promise<readonly string[]> {
  const kills: string[] = [];
  try {
    await work(kills);
  } finally {
    await tell(kills.join('\n'));
  }
  return kills;
}

describe('SIGKILL at any instant', () => {
  it.for(seeds.filter(isSync))('takes nothing from a sync (seed %i)', async (seed, { annotate }) => {
    const reference = (from: Prepared) => known(syncs, from, () => undisturbedSync(ground, from));
    const kills = await telling(annotate, (told) => killSync(ground, createSeeded(seed), reference, told));
    expect(kills.length).toBeGreaterThan(0);
  });

  it.for(seeds.filter((seed) => !isSync(seed)))(
    'takes nothing from a download (seed %i)',
    async (seed, { annotate }) => {
      const reference = (order: OrderName) => known(downloads, order, () => undisturbedDownload(ground, order));
      const kills = await telling(annotate, (told) => killDownload(ground, createSeeded(seed), reference, told));
      expect(kills.length).toBeGreaterThan(0);
    },
  );
});
