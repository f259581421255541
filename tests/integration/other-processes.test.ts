import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../main/contract/events.ts';
import { createCli } from '../support/cli.ts';
import { must } from '../support/core.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { addAccount, addToCore, coreOf, startApi, withKey } from './cli/support.ts';

/** Opens a core on the command line's home, with the topics of its events since the last reading. */
function listen(home = createCli()) {
  const core = coreOf(home);
  const heard: EventMessage[] = [];
  const stop = core.events.listen((message) => heard.push(message));
  return { cli: home, core, heard, stop, topics: () => heard.map(({ topic }) => topic) };
}

describe('what another process does', () => {
  it('is told to pages: accounts, a sync with its images, a download', async () => {
    const api = await startApi({ library: plainImages(120) });
    const { cli, core, heard, topics } = listen();
    expect(must(await core.call('accounts.list', {}))).toEqual([]);

    const other = coreOf(cli);
    await addToCore(other, api.origin);
    await expect.poll(topics).toContain('accounts');
    expect(must(await core.call('accounts.list', {}))).toMatchObject([{ name: 'Brand' }]);
    heard.length = 0;

    expect((await cli.run(['sync'], withKey)).code).toBe(0);
    await expect.poll(topics).toEqual(expect.arrayContaining(['catalogue', 'journal']));
    expect(must(await core.call('catalogue.query', { text: '' })).totals.count).toBe(120);
    heard.length = 0;

    const destination = join(cli.home, 'files');
    const { batch } = must(await other.call('downloads.start', { query: 'image-100001', destination }));
    must(await other.call('downloads.wait', { batchId: batch.id }));
    await expect.poll(topics).toEqual(expect.arrayContaining(['batches', 'images']));
    expect(must(await core.call('downloads.list', {}))).toMatchObject([{ state: 'finished' }]);
  });

  it('is told of settings, also of those written by hand', async () => {
    const { cli, core, heard } = listen();
    const themes = () =>
      heard.flatMap((message) => (message.topic === 'settings' ? message.settings.settings.theme : []));
    must(await core.call('settings.change', { theme: 'light' }));
    const other = coreOf(cli);
    must(await other.call('settings.change', { theme: 'dark' }));
    await expect.poll(themes).toEqual(['light', 'dark']);
    writeFileSync(join(cli.home, 'settings.json'), JSON.stringify({ theme: 'light' }));
    await expect.poll(themes).toEqual(['light', 'dark', 'light']);
  });

  it('is read while someone listens, and no longer', async () => {
    const first = listen();
    const { cli, core, stop, topics } = first;
    stop();
    const other = coreOf(cli);
    const heard: string[] = [];
    other.events.listen(({ topic }) => heard.push(topic));
    must(await core.call('sample.add', { name: 'Sample', count: 5 }));
    // Listeners receive it; the core that made the change doesn't treat itself as another process.
    await expect.poll(() => heard).toContain('accounts');
    expect(topics()).toEqual([]);
  });
});

describe('counts of one moment', () => {
  it('agree with one another at every page of a first sync', async () => {
    const api = await startApi({ library: plainImages(900) });
    const { core, heard } = listen();
    const accountId = await addToCore(core, api.origin);
    const seen: number[] = [];
    const check = async () => {
      const syncs = must(await core.call('sync.journal', {})).map(({ id }) => id);
      const counts = { texts: ['', '-zzz'], syncs };
      const found = must(await core.call('catalogue.query', { text: '', counts }));
      const { count } = found.totals;
      seen.push(count);
      expect(found.counts).toMatchObject({
        totals: [{ count }, { count }],
        accounts: count === 0 ? [] : [{ accountId, images: count }],
        added: syncs.map(() => count),
      });
      const again = must(await core.call('catalogue.counts', { ...counts, handle: found.handle }));
      expect(again.result?.count).toBe(count);
      expect(again.totals[0]?.count).toBe(again.accounts[0]?.images ?? 0);
    };
    for (let call = 2; call <= 9; call++) api.onCall(call, check);
    must(await core.call('sync.run', { accountId }));
    await check();
    expect(seen).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(heard.some(({ topic }) => topic === 'catalogue')).toBe(true);
  });

  it('leave out gone images of accounts, and count a selection along', async () => {
    const api = await startApi({ library: plainImages(100) });
    const { cli, core } = listen();
    await addAccount(cli, api.origin);
    expect((await cli.run(['sync'], withKey)).code).toBe(0);
    const { handle } = must(await core.call('catalogue.query', { text: '' }));
    const what = { kind: 'positions', handle, from: 0, to: 10 } as const;
    const { selection } = must(await core.call('selection.change', { how: 'add', what }));
    api.library.remove(
      api.library
        .images()
        .slice(0, 3)
        .map(({ id }) => id),
    );
    expect((await cli.run(['sync'], withKey)).code).toBe(0);
    const counts = must(await core.call('catalogue.counts', { texts: ['', 'is:gone'], selection }));
    expect(counts).toMatchObject({
      totals: [{ count: 97 }, { count: 3 }],
      accounts: [{ images: 97 }],
      selection: { count: 10, lost: 0 },
      result: null,
    });
    must(await core.call('selection.release', { selection }));
    expect(must(await core.call('catalogue.counts', { selection })).selection).toBeNull();
  });
});
