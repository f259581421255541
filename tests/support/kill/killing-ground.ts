import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCli, type Cli } from '../cli.ts';
import { startFakeApi, type FakeApi } from '../fake-api/fake-api.ts';
import { isImage, plainImage, plainImages, type FakeImage } from '../fake-api/fake-image.ts';
import { faults, malformedRecords } from '../fake-api/faults.ts';

/** A library that changes once, home folders synced before and after, and command lines on them. */
export type KillingGround = {
  readonly api: FakeApi;
  readonly folder: string;
  /** The home with the account, and nothing synced. */
  readonly fresh: string;
  /** The home synced before the library changed. */
  readonly earlier: string;
  /** The home synced after the change. */
  readonly synced: string;
  /** Creates a home as a copy of one of those three. */
  homeFrom(prepared: string): Cli;
  /** Creates a folder with existing files: a different file with an image's name, and an image itself. */
  destination(): Promise<string>;
  /** Sets the same few faults again. */
  misbehave(): void;
  close(): Promise<void>;
};

export const keyEnv = { CONTACT_SHEET_API_KEY: 'a-key-for-the-fake-api' };
/** Files that take several writes, whose download can be resumed. */
const large = { firstId: 2_000_001, bytes: 2_600_000 };
const missingId = 1_000_150;
const conflictingName = 'image-1000107.png';
const existingId = 1_000_109;
const foreignContent = 'somebody’s own file';

export async function openKillingGround(): Promise<KillingGround> {
  const folder = mkdtempSync(join(tmpdir(), 'contact-sheet-kill-'));
  const before = [...plainImages(4, large), ...plainImages(560, { bytes: 2_000 })];
  const api = await startFakeApi({ library: [...before, { raw: malformedRecords[3] }] });
  let count = 0;
  const nextHome = (): string => join(folder, `home-${(count += 1)}`);
  const homeFrom = (prepared: string): Cli => {
    const home = nextHome();
    cpSync(prepared, home, { recursive: true });
    return createCli(home);
  };

  const fresh = nextHome();
  mkdirSync(fresh);
  await must(createCli(fresh), ['accounts', 'add', '--name', 'Brand', '--datacenter', api.origin, '--vault', 'none']);
  const earlier = homeFrom(fresh).home;
  await must(createCli(earlier), ['sync']);
  change(api);
  const synced = homeFrom(earlier).home;
  await must(createCli(synced), ['sync']);

  return {
    api,
    folder,
    fresh,
    earlier,
    synced,
    homeFrom,
    async destination() {
      const path = join(folder, `files-${(count += 1)}`);
      mkdirSync(join(path, 'Brand/sub-3'), { recursive: true });
      for (const parent of [path, join(path, 'Brand/sub-3')]) {
        writeFileSync(join(parent, conflictingName), foreignContent);
        writeFileSync(join(parent, `image-${existingId}.png`), await plainImage(existingId, 2_000).file.make());
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

/** Changes the library: uploads, removals from both ends, and changed sizes. */
function change({ library }: FakeApi): void {
  const small = library.images().filter(({ id }) => id < large.firstId);
  const resized = new Set(small.slice(100, 130).map(({ id }) => id));
  const removed = new Set([...small.slice(5, 15), ...small.slice(-25)].map(({ id }) => id));
  const uploads: FakeImage[] = plainImages(120, { firstId: 3_000_001, bytes: 2_000 }).slice();
  const remaining = library.entries().filter((entry) => !isImage(entry) || !removed.has(entry.id));
  library.set([
    ...uploads,
    ...remaining.map((entry) => (isImage(entry) && resized.has(entry.id) ? { ...entry, size: '2.1 Kb' } : entry)),
    { raw: malformedRecords[1] },
  ]);
}

async function must(cli: Cli, args: readonly string[]): Promise<void> {
  const { code, err } = await cli.run(args, { env: keyEnv });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${err}`);
}
