import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Cli } from '../cli.ts';
import { dataSnapshot, leftBehind, type DataSnapshot } from './data-snapshot.ts';
import { hashesBelow, manifestNames, manifestsOf } from './files-below.ts';
import type { KillingGround } from './killing-ground.ts';
import { describeMoment, runAndKill, type Moment } from './run-and-kill.ts';
import type { Seeded } from './seeded.ts';

/** The tested download options, by name. */
const orders = {
  'skip-identical': ['--on-conflict', 'skip-identical'],
  'keep-both': ['--on-conflict', 'keep-both', '--template', '{name}.{ext}'],
  overwrite: ['--on-conflict', 'overwrite', '--template', '{name}.{ext}', '--concurrency', '8'],
  'skip-existing': ['--on-conflict', 'skip-existing', '--concurrency', '4'],
} as const;
export type OrderName = keyof typeof orders;
const orderNames = Object.keys(orders) as OrderName[];

export type DownloadReference = {
  readonly files: ReadonlyMap<string, string>;
  readonly manifests: Readonly<Record<string, string>>;
  readonly snapshot: DataSnapshot;
  readonly requests: number;
};

function argsOf(order: OrderName, destination: string): string[] {
  return ['download', '', '--to', destination, '--manifest', '--json', ...orders[order]];
}

/** Runs an uninterrupted download and returns its result. */
export async function undisturbedDownload(ground: KillingGround, order: OrderName): Promise<DownloadReference> {
  ground.misbehave();
  const before = ground.api.fileRequests().length;
  const destination = await ground.destination();
  const { home, run } = ground.homeFrom(ground.synced);
  expect(await run(argsOf(order, destination))).toMatchObject({ code: 4 });
  return {
    files: imageFiles(hashesBelow(destination)),
    manifests: manifestsOf(destination),
    snapshot: dataSnapshot(home, destination),
    requests: ground.api.fileRequests().length - before,
  };
}

/** Kills a download up to three times, then lets it finish as if uninterrupted. Adds each kill to `kills`. */
export async function killDownload(
  ground: KillingGround,
  random: Seeded,
  reference: (order: OrderName) => Promise<DownloadReference>,
  kills: string[],
): Promise<void> {
  const order = random.pick(orderNames);
  const undisturbed = await reference(order);
  const destination = await ground.destination();
  const round: Round = {
    ground,
    order,
    undisturbed,
    destination,
    cli: ground.homeFrom(ground.synced),
    before: hashesBelow(destination),
  };
  ground.misbehave();
  const settled = new Map<number, number>();
  for (let kill = random.between(1, 3); kill > 0; kill--) {
    const state = leftBehind(round.cli.home);
    if (isOver(state)) break;
    const args = nextArgs(round, state, random);
    const moment = downloadMoment(random, round);
    const requests = (): number => ground.api.fileRequests().length;
    const { killed, code, out } = await runAndKill(round.cli, args, moment, { requests });
    expect(killed ? 4 : code, out).toBe(4);
    checkFiles(round);
    const after = leftBehind(round.cli.home);
    for (const id of after.settledIds) {
      if (!settled.has(id)) settled.set(id, ground.api.fileRequests(id).length);
    }
    const ending = killed ? describeMoment(moment) : 'which was too late';
    kills.push(`${args[0] ?? ''} with ${order}, ${ending}: ${after.settledIds.length} settled, ${after.batchState}`);
  }

  const state = leftBehind(round.cli.home);
  if (!isOver(state)) {
    const { code, out } = await round.cli.run(nextArgs(round, state, random));
    expect(code, out).toBe(4);
  }
  checkFiles(round);
  expect(imageFiles(hashesBelow(destination))).toEqual(undisturbed.files);
  expect(manifestsOf(destination)).toEqual(undisturbed.manifests);
  expect(dataSnapshot(round.cli.home, destination)).toEqual(undisturbed.snapshot);
  const again = [...settled].filter(([id, requests]) => ground.api.fileRequests(id).length > requests);
  expect(again, 'images that were done, and asked for again').toEqual([]);
}

type Round = {
  readonly ground: KillingGround;
  readonly order: OrderName;
  readonly undisturbed: DownloadReference;
  readonly destination: string;
  readonly cli: Cli;
  /** The files that existed before. */
  readonly before: ReadonlyMap<string, string>;
};

type State = ReturnType<typeof leftBehind>;

function isOver({ batches }: State): boolean {
  return batches.some((batch) => batch['finished_at'] !== null);
}

/** Returns the next command: a started batch can be continued by either command. */
function nextArgs({ order, destination }: Round, { batches }: State, random: Seeded): readonly string[] {
  const hasBegun = batches.some((batch) => batch['state'] !== 'preparing');
  return hasBegun && random.next() < 0.5 ? ['transfers', 'resume', '--json'] : argsOf(order, destination);
}

/** Checks that files with a final name are complete, and that earlier ones are unchanged or replaced as requested. */
function checkFiles({ destination, undisturbed, before }: Round): void {
  const files = hashesBelow(destination);
  const wrong = [...imageFiles(files)].filter(
    ([path, hash]) => undisturbed.files.get(path) !== hash && before.get(path) !== hash,
  );
  expect(wrong, 'files that are not what they should be').toEqual([]);
  const lost = [...before.keys()].filter((path) => !files.has(path));
  expect(lost, 'files that were there before').toEqual([]);
}

function imageFiles(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...files].filter(([path]) => !path.endsWith('.part') && !manifestNames.some((name) => name === path)),
  );
}

function downloadMoment(random: Seeded, { undisturbed, destination }: Round): Moment {
  const afterMs = random.pick([0, 0, random.between(1, 15), random.between(10, 120)]);
  const kind = random.pick(['request', 'request', 'request', 'event', 'time', 'manifest'] as const);
  switch (kind) {
    case 'request':
      return { requests: random.between(1, undisturbed.requests), afterMs };
    case 'event':
      return { events: random.between(1, 8), afterMs };
    case 'time':
      return { afterMs: random.between(100, 2_500) };
    case 'manifest': {
      const name = random.pick(manifestNames);
      const isNow = (): boolean => existsSync(join(destination, name));
      return { when: { what: name, isNow }, afterMs: random.between(0, 10) };
    }
  }
}
