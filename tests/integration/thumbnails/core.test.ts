import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { EventMessage } from '../../../main/contract/events.ts';
import { must, openTestCore } from '../../support/core.ts';
import { startFakeApi, type FakeApi } from '../../support/fake-api/fake-api.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const never = new AbortController().signal;
const images = plainImages(5, { bytes: 3_000 });
const ids = images.map(({ id }) => id);

type Bench = { readonly api: FakeApi; readonly core: Core; readonly accountId: number; readonly cache: string };

/** Opens a core whose only account was synced from a fake API. */
async function openSynced(): Promise<Bench> {
  const api = await startFakeApi({ library: images });
  onTestFinished(() => api.close());
  const { core, folder } = openTestCore();
  const account = { name: 'Brand', datacenter: api.origin, userId: '', vault: 'none' } as const;
  const { id: accountId } = must(await core.call('accounts.add', account));
  must(await core.call('accounts.lendKey', { id: accountId, key: 'a-key' }));
  must(await core.call('sync.run', { accountId }));
  return { api, core, accountId, cache: join(folder, 'cache') };
}

async function download({ core }: Bench): Promise<string> {
  const destination = join(temporaryFolder(), 'saved');
  const { batch } = must(await core.call('downloads.start', { query: '', destination, template: '{name}.{ext}' }));
  const end = must(await core.call('downloads.wait', { batchId: batch.id }));
  expect(end).toMatchObject({ failure: null, batch: { state: 'finished' } });
  return destination;
}

describe('a download', () => {
  it('of what was shown before asks the image host for nothing', async () => {
    const bench = await openSynced();
    for (const id of ids) must(await bench.core.openPicture('thumbnail', { accountId: bench.accountId, id }, never));
    expect(bench.api.fileRequests()).toHaveLength(5);
    await bench.api.close();
    const destination = await download(bench);
    expect(bench.api.fileRequests()).toHaveLength(5);
    expect(readdirSync(destination).filter((name) => name.endsWith('.png'))).toHaveLength(5);
    for (const { id, file } of images) {
      expect(readFileSync(join(destination, `image-${id}.png`)).equals(await file.make())).toBe(true);
    }
    expect(must(await bench.core.call('downloads.verify', { folder: destination }))).toMatchObject({ differ: 0 });
  });

  it('trusts no cached file whose content is another one by now', async () => {
    const bench = await openSynced();
    const [id = 0, other = 0] = ids;
    for (const each of [id, other]) {
      const { path } = must(await bench.core.openPicture('original', { accountId: bench.accountId, id: each }, never));
      const bytes = readFileSync(path);
      // Valid and of the same length, but another image; and not an image at all.
      writeFileSync(path, each === id ? await swapped(other) : bytes.fill(0));
    }
    const destination = await download(bench);
    expect(bench.api.fileRequests(id)).toHaveLength(2);
    expect(bench.api.fileRequests(other)).toHaveLength(2);
    for (const { id: each, file } of images) {
      expect(readFileSync(join(destination, `image-${each}.png`)).equals(await file.make())).toBe(true);
    }
  });
});

function swapped(other: number): Promise<Buffer> {
  return images.find(({ id }) => id === other)?.file.make() ?? Promise.reject(new Error('No such image'));
}

describe('through the door', () => {
  it('sizes become exact, and who listens is told', async () => {
    const { core, accountId } = await openSynced();
    const heard: EventMessage[] = [];
    core.events.listen((message) => void heard.push(message));
    const [id = 0] = ids;
    must(await core.openPicture('thumbnail', { accountId, id }, never));
    const { handle } = must(await core.call('catalogue.query', { text: '' }));
    const rows = must(await core.call('catalogue.rows', { handle, from: 0, to: 5 }));
    expect(rows.find((row) => row?.id === id)?.size).toMatchObject({ bytes: 3_000, exact: true });
    await expect.poll(() => heard.map(({ topic }) => topic)).toContain('images');
  });

  it('failures are explained and forgotten, the caches measured and emptied', async () => {
    const { api, core, accountId } = await openSynced();
    const [id = 0] = ids;
    const key = { accountId, id };
    api.faultFiles(faults.missing(), { id }, 1);
    expect(must(await core.call('thumbnails.explain', key))).toBeNull();
    expect(await core.openPicture('thumbnail', key, never)).toMatchObject({ ok: false });
    expect(must(await core.call('thumbnails.explain', key))).toMatchObject({ code: 'not-found', canRetry: false });
    must(await core.call('thumbnails.retry', key));
    expect(await core.openPicture('thumbnail', key, never)).toMatchObject({ ok: true });
    expect(must(await core.call('thumbnails.explain', key))).toBeNull();
    expect(must(await core.call('thumbnails.usage', {}))).toMatchObject({ originals: 3_000 });
    must(await core.call('thumbnails.clear', {}));
    expect(must(await core.call('thumbnails.usage', {}))).toEqual({ thumbnails: 0, originals: 0 });
    expect(must(await core.call('thumbnails.explain', { accountId: 1, id: 1 }))).toBeNull();
  });

  it('removing an account with its catalogue removes its pictures, and without it keeps them', async () => {
    const { core, accountId, cache } = await openSynced();
    const [id = 0] = ids;
    const { path } = must(await core.openPicture('thumbnail', { accountId, id }, never));
    must(await core.call('accounts.remove', { id: accountId, catalogue: 'keep' }));
    expect(await core.openPicture('thumbnail', { accountId, id }, never)).toMatchObject({ ok: true });
    must(await core.call('accounts.remove', { id: accountId, catalogue: 'delete' }));
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(join(cache, 'thumbnails'))).toEqual([]);
    expect(readdirSync(join(cache, 'originals'))).toEqual([]);
    expect(await core.openPicture('thumbnail', { accountId, id }, never)).toMatchObject({ ok: false });
  });

  it('the doctor says what makes pictures small, or what is lacking where nothing does', async () => {
    const { core } = openTestCore();
    const pictures = must(await core.call('doctor.run', {})).find(({ what }) => what === 'pictures');
    expect(pictures).toMatchObject({ state: 'works', detail: expect.stringMatching(/^sharp \d.* with libvips \d/) });
    const make = () => Promise.reject(new Error('unused'));
    const thumbnailer = { make, describe: () => Promise.resolve(undefined) };
    const lacking = must(await openTestCore({ thumbnailer }).core.call('doctor.run', {}));
    expect(lacking.find(({ what }) => what === 'pictures')).toMatchObject({ state: 'fails' });
  });
});
