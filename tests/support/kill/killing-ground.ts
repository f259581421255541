import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCli, type Cli } from '../cli.ts';
import { startFakeApi, type FakeApi } from '../fake-api/fake-api.ts';
import { isImage, plainImage, plainImages, type FakeImage } from '../fake-api/fake-image.ts';
import { faults, malformedRecords } from '../fake-api/faults.ts';

/** A library that changes once, homes that know it before and after, and the command lines that work on them. */
export type KillingGround = {
  readonly api: FakeApi;
  readonly folder: string;
  /** With the account, and nothing synced. */
  readonly fresh: string;
  /** Synced before the library changed. */
  readonly earlier: string;
  /** Synced after it. */
  readonly synced: string;
  /** A home that begins as one of those three. */
  homeFrom(prepared: string): Cli;
  /** A folder with files that were there before: one that is in an image's way, and one that is the image. */
  destination(): Promise<string>;
  /** Lets the same few things go wrong again. */
  misbehave(): void;
  close(): Promise<void>;
};

export const keyEnv = { CONTACT_SHEET_API_KEY: 'a-key-for-the-fake-api' };
/** Files of several writes, which can be continued. */
const large = { firstId: 2_000_001, bytes: 2_600_000 };
const missingId = 1_000_150;
const inTheWay = 'image-1000107.png';
const thereId = 1_000_109;
const foreign = 'somebody’s own file';

export async function openKillingGround(): Promise<KillingGround> {
  const folder = mkdtempSync(join(tmpdir(), 'contact-sheet-kill-'));
  const before = [...plainImages(4, large), ...plainImages(560, { bytes: 2_000 })];
  const api = await startFakeApi({ library: [...before, { raw: malformedRecords[3] }] });
  let count = 0;
  const next = (): string => join(folder, `home-${(count += 1)}`);
  const homeFrom = (prepared: string): Cli => {
    const home = next();
    cpSync(prepared, home, { recursive: true });
    return createCli(home);
  };

  const fresh = next();
  mkdirSync(fresh);
  await must(createCli(fresh), ['accounts', 'add', '--name', 'Brand', '--datacenter', api.origin, '--vault', 'none']);
  const earlier = homeFrom(fresh).home;
  await must(createCli(earlier), ['sync']);
  change(api);
  const synced = homeFrom(earlier).home;
  await must(createCli(synced), ['sync']);

  return {
    ...{ api, folder, fresh, earlier, synced, homeFrom },
    async destination() {
      const path = join(folder, `files-${(count += 1)}`);
      mkdirSync(join(path, 'Brand/sub-3'), { recursive: true });
      for (const place of [path, join(path, 'Brand/sub-3')]) {
        writeFileSync(join(place, inTheWay), foreign);
        writeFileSync(join(place, `image-${thereId}.png`), await plainImage(thereId, 2_000).file.make());
      }
      return path;
    },
    misbehave() {
      api.clearFaults();
      api.faultCalls(faults.badGateway(), { page: 3 }, 1);
      api.faultFiles(faults.missing(), { id: missingId });
      api.faultFiles(faults.reset(), { path: 'image-1000120' }, 1);
      api.faultFiles(faults.busy(429, { seconds: 0 }), { path: 'image-1000130' }, 1);
      api.faultFiles(faults.cutOff(), { path: 'image-2000002' }, 1);
      api.faultFiles(faults.slow(100_000, 8), { path: 'image-2' });
      api.faultFiles(faults.slow(2_000, 6), { path: 'image-1' });
    },
    async close() {
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Uploads, removals from both ends, and images whose size has changed. */
function change({ library }: FakeApi): void {
  const small = library.images().filter(({ id }) => id < large.firstId);
  const resized = new Set(small.slice(100, 130).map(({ id }) => id));
  const removed = new Set([...small.slice(5, 15), ...small.slice(-25)].map(({ id }) => id));
  const uploads: FakeImage[] = plainImages(120, { firstId: 3_000_001, bytes: 2_000 }).slice();
  const kept = library.entries().filter((entry) => !isImage(entry) || !removed.has(entry.id));
  library.set([
    ...uploads,
    ...kept.map((entry) => (isImage(entry) && resized.has(entry.id) ? { ...entry, size: '2.1 Kb' } : entry)),
    { raw: malformedRecords[1] },
  ]);
}

async function must(cli: Cli, args: readonly string[]): Promise<void> {
  const { code, err } = await cli.run(args, { env: keyEnv });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${err}`);
}
