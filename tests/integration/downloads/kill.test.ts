import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plainImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { listingsOf, openBench, type Bench } from './bench-test.ts';
import { killAfter } from '../../support/kill/kill-after.ts';
import { createSeeded } from '../../support/kill/seeded.ts';
import type { DriverSettings } from './kill-driver.ts';
import { filesBelow, openWorkbench } from './workbench.ts';

const driver = fileURLToPath(new URL('kill-driver.ts', import.meta.url));
const kills = Number(process.env['KILLS'] ?? 10);
/** More files than all killed runs can fetch. */
const small = 200 + 20 * kills;
const seed = Number(process.env['SEED'] ?? 20261124);

/** Creates small images, and some that take several writes and can be resumed. */
function library(): readonly FakeImage[] {
  return [...plainImages(12, { firstId: 2_000_001, bytes: 3_000_000 }), ...plainImages(small, { bytes: 4_000 })];
}

/** Creates two existing files: a different one with an image's name, and an identical one. */
async function prepare(destination: string, images: readonly FakeImage[]): Promise<void> {
  mkdirSync(destination, { recursive: true });
  writeFileSync(join(destination, 'image-1000007.png'), 'mine');
  const same = images.find(({ id }) => id === 1_000_009);
  writeFileSync(join(destination, 'image-1000009.png'), (await same?.file.make()) ?? '');
}

/** Runs the driver and kills it after a delay from its start or its first output; true if it had ended before. */
async function runAndKill(
  settings: DriverSettings,
  afterMs: number,
  from: 'birth' | 'word' = 'word',
): Promise<boolean> {
  const child = spawn(process.execPath, [driver, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (from === 'word') await once(child.stdout, 'data');
  child.stdout.resume();
  await killAfter(child, afterMs);
  return child.exitCode === 0;
}

function rowsOf(bench: Pick<Bench, 'database'>): unknown[] {
  const { connection } = bench.database;
  return [
    connection
      .prepare(
        'SELECT state, planned, files, bytes FROM (SELECT b.state, c.state AS planned, c.files, c.bytes FROM own.batches b JOIN own.transfer_counts c ON c.batch_id = b.id WHERE c.files > 0) ORDER BY planned',
      )
      .all(),
    connection
      .prepare(
        'SELECT seq, state, reason_code, hex(sha256) AS sha256, final_path, bytes FROM own.transfers ORDER BY seq',
      )
      .all(),
    connection
      .prepare('SELECT image_id, bytes, hex(sha256) AS sha256, type FROM own.saved_files ORDER BY image_id')
      .all(),
    connection.prepare('SELECT image_id, exact_bytes, hex(sha256) AS sha256 FROM own.facts ORDER BY image_id').all(),
  ];
}

describe('a download that is killed', () => {
  it(`ends with the same files, rows and hashes after ${String(kills)} kills (seed ${String(seed)})`, async () => {
    const images = library();
    const bench = await openBench(images);
    await prepare(bench.destination, images);
    const undisturbed = await bench.download({ manifest: true });
    expect(undisturbed.batch).toMatchObject({ done: 11 + small, skipped: 1, failed: 0 });

    const home = join(bench.home, 'killed');
    const destination = join(bench.home, 'killed-files');
    await prepare(destination, images);
    const settings = {
      home,
      origin: bench.api.origin,
      order: bench.order({ destination, manifest: true, concurrency: 4 }),
    };
    const filling = openWorkbench(settings);
    filling.list(listingsOf(bench.api, images));
    await filling.close();

    const random = createSeeded(seed);
    bench.api.faultFiles(faults.slow(200_000, 25), { path: 'image-1' });
    bench.api.faultFiles(faults.slow(200_000, 4), { path: 'image-2' });
    for (let kill = 0; kill < kills; kill++) {
      const from = kill % 3 === 0 ? 'birth' : 'word';
      expect(await runAndKill(settings, random.next() * (from === 'birth' ? 600 : 6_000 / kills), from)).toBe(false);
    }
    bench.api.clearFaults();
    expect(await runAndKill(settings, 60_000)).toBe(true);

    const after = openWorkbench(settings);
    const hashes = (folder: string) =>
      Object.fromEntries(Object.entries(filesBelow(folder)).filter(([name]) => !name.startsWith('manifest.')));
    expect(hashes(destination)).toEqual(hashes(bench.destination));
    expect(rowsOf(after)).toEqual(rowsOf(bench));
    await after.close();
  });
});
