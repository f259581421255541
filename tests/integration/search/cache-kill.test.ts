import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createIndexCache } from '../../../main/features/catalogue/index-cache.ts';
import { answers, everyField, openSearchStand, startThread } from './search-stand.ts';

const driver = fileURLToPath(new URL('cache-driver.ts', import.meta.url));
const images = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [at + 1, `Photo ${at * 7} é.jpg`]));
const mostKills = 40;

it('a kill while the cache of the index is written costs no more than the cache', async () => {
  const stand = openSearchStand();
  const brand = stand.addAccount('Brand');
  stand.sync(brand, images);
  const folder = `${stand.folder}/cache`;
  const path = `${folder}/search-index.bin`;
  /** Kills a writer that has begun a file; returns whether an unfinished file was left. */
  const killWriter = async (isNow: (unfinished: string) => boolean): Promise<boolean> => {
    const child = spawn(process.execPath, [driver, stand.folder, path], { stdio: 'inherit' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const unfinished = `${path}.${child.pid}.part`;
    const soon = { interval: 1, timeout: 30_000 };
    await expect.poll(() => child.exitCode !== null || isNow(unfinished), soon).toBe(true);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(child.signalCode).toBe('SIGKILL');
    return existsSync(unfinished);
  };

  let isLeft = false;
  for (let kill = 0; kill < mostKills && !isLeft; kill++) isLeft = await killWriter(existsSync);
  expect(isLeft).toBe(true);
  // Also over an existing file: the file of that name is complete, whenever the writer of the next one dies.
  await killWriter(() => existsSync(path));
  const whole = statSync(path).size;
  for (let kill = 0; kill < 3; kill++) {
    await killWriter(existsSync);
    expect(statSync(path).size).toBe(whole);
    expect(createIndexCache(path, '1').read(() => performance.now())?.index.table.rows).toBe(5000);
  }

  stand.sync(brand, { ...images, 17: 'other.png', 9000: 'new.png' });
  const thread = startThread(stand.folder);
  expect(await answers(thread, everyField)).toEqual(await answers(stand.plain, everyField));
  await thread.close();
  expect(readdirSync(folder)).toEqual(['search-index.bin']);
});
