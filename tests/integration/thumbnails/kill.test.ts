import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { must, openTestCore } from '../../support/core.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import { drawnFile, fakeImage } from '../../support/fake-api/fake-image.ts';
import { sha256 } from '../downloads/workbench.ts';
import type { DriverSettings } from './kill-driver.ts';

const driver = fileURLToPath(new URL('kill-driver.ts', import.meta.url));
const images = Array.from({ length: 30 }, (_, index) => {
  const name = `photo-${index}.jpeg`;
  return fakeImage({ id: 100 + index, segment: name, file: drawnFile(name, 'jpeg', 60_000 + index), size: '59 Kb' });
});

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it('a kill leaves nothing under a name of the cache that is not whole, and nothing else for long', async () => {
  const api = await startFakeApi({ library: images });
  onTestFinished(() => api.close());
  const { core, folder } = openTestCore();
  const account = { name: 'Brand', datacenter: api.origin, userId: '', vault: 'none' } as const;
  const { id: accountId } = must(await core.call('accounts.add', account));
  must(await core.call('accounts.lendKey', { id: accountId, key: 'a-key' }));
  must(await core.call('sync.run', { accountId }));
  const settings: DriverSettings = { folder, accountId, ids: images.map(({ id }) => id) };
  const contents = new Set(await Promise.all(images.map(async ({ file }) => sha256(await file.make()))));
  for (const requests of [1, 9, 20]) {
    const child = spawn(process.execPath, [driver, JSON.stringify(settings)], { stdio: 'inherit' });
    const gone = once(child, 'exit');
    const before = api.fileRequests().length;
    await expect
      .poll(() => child.exitCode !== null || api.fileRequests().length >= before + requests, {
        interval: 1,
        timeout: 30_000,
      })
      .toBe(true);
    child.kill('SIGKILL');
    await gone;
    const originals = filesBelow(join(folder, 'cache', 'originals')).filter((path) => !path.endsWith('.part'));
    for (const path of originals) expect(contents).toContain(sha256(readFileSync(path)));
  }
  await core.call('thumbnails.usage', {});
  expect(filesBelow(join(folder, 'cache')).filter((path) => path.endsWith('.part'))).toEqual([]);
  for (const { id } of images) {
    const opened = await core.openPicture('thumbnail', { accountId, id }, new AbortController().signal);
    expect(opened).toMatchObject({ ok: true, value: { contentType: 'image/webp' } });
  }
});
