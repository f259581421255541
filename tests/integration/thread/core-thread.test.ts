import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ok } from '../../../main/domain/result.ts';
import { openCoreThread } from '../../../main/hosts/shared/core-thread/core-thread.ts';
import type { HelperProcess } from '../../../main/ports/helper.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import { plainImage } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { must, openTestCore } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestThread } from '../../support/thread/open-thread.ts';

const breaking = new URL('../../support/thread/breaking-worker.ts', import.meta.url);

const accountAt = (datacenter: string) =>
  ({ name: 'Brand', datacenter, userId: '', vault: 'session', key: 'the-key-of-a-test' }) as const;

it('answers, tells of events, finds and shows pictures as the core itself does', async () => {
  const { core, folder } = await openTestThread();
  const topics = new Set<string>();
  core.events.listen(({ topic }) => topics.add(topic));
  const { id } = must(await core.call('sample.add', { name: 'Sample', count: 30 }));
  expect(must(await core.call('sync.run', { accountId: id }))).toMatchObject({ state: 'done', present: 30 });
  const { handle, totals } = must(await core.call('catalogue.query', { text: 'ext:jpg,png' }));
  const [image] = must(await core.call('catalogue.rows', { handle, from: 0, to: 1 }));
  expect(totals.count).toBeGreaterThan(0);
  const key = { accountId: id, id: image?.id ?? 0 };
  const picture = must(await core.openPicture('thumbnail', key, new AbortController().signal));
  expect(picture).toMatchObject({ contentType: 'image/webp' });
  expect(readFileSync(picture.path).subarray(8, 12).toString()).toBe('WEBP');
  expect(await core.openPicture('thumbnail', { accountId: 1, id: 1 }, new AbortController().signal)).toMatchObject({
    ok: false,
    error: { code: 'unknown-image' },
  });
  expect(await core.dispatch('no.such', {})).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  expect(await core.dispatch('host.wishes', {})).toMatchObject({ ok: false, error: { code: 'not-here' } });
  expect(await core.dispatch('sync.run', { accountId: 'one' })).toMatchObject({ error: { code: 'bad-input' } });
  expect(await core.theme()).toBe('system');
  await core.close();
  expect([...topics].sort()).toEqual(expect.arrayContaining(['accounts', 'catalogue', 'sync']));
  expect(await core.call('accounts.list', {})).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  const { core: again } = openTestCore({ folders: { data: folder, cache: folder, logs: folder } });
  expect(must(await again.call('accounts.list', {}))).toMatchObject([{ name: 'Sample', images: 30 }]);
});

it('puts the host’s own commands before the core’s, and logs what fails in them', async () => {
  const { core, folder } = await openTestThread();
  const dispatch = core.dispatchWith({
    'host.wishes': () => ok([]),
    'host.recall': () => {
      throw new Error('A bug of the host');
    },
  } as never);
  expect(await dispatch('host.wishes', {})).toEqual(ok([]));
  expect(await dispatch('accounts.list', {})).toEqual(ok([]));
  expect(await dispatch('host.recall', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  const reference = core.report(new Error('Seen by the host'));
  await core.close();
  const written = readFileSync(join(folder, 'logs', 'contact-sheet.log'), 'utf8');
  expect(written).toContain('A bug of the host');
  expect(written).toContain(reference);
});

it('leaves the keys out of what the host logs', async () => {
  const { core, folder } = await openTestThread();
  must(await core.call('accounts.add', accountAt('http://127.0.0.1:9')));
  core.report(new Error('with the-key-of-a-test in it'));
  await core.close();
  const written = readFileSync(join(folder, 'logs', 'contact-sheet.log'), 'utf8');
  expect(written).toContain('an unexpected error');
  expect(written).not.toContain('the-key-of-a-test');
});

it('says where the core can’t be opened', async () => {
  const folder = temporaryFolder();
  const file = new DatabaseSync(join(folder, 'library.sqlite'));
  file.exec('PRAGMA user_version = 1000');
  file.close();
  const opened = await openCoreThread({
    folders: { data: folder, cache: folder, logs: folder },
    holder: { pid: process.pid, command: 'a test' },
    electron: undefined,
    log: () => undefined,
    lost: () => expect.unreachable(),
  });
  expect(opened).toMatchObject({ ok: false, error: { code: 'newer-data' } });
});

it('gives up a picture that nobody waits for any more', async () => {
  const api = await startFakeApi({ library: [plainImage(7)] });
  onTestFinished(() => api.close());
  api.faultFiles(faults.stall('no-head'));
  const { core } = await openTestThread();
  const { id } = must(await core.call('accounts.add', accountAt(api.origin)));
  must(await core.call('sync.run', { accountId: id }));
  const leaving = new AbortController();
  const opened = core.openPicture('thumbnail', { accountId: id, id: 7 }, leaving.signal);
  await expect.poll(() => api.fileRequests(7)).toHaveLength(1);
  leaving.abort();
  expect(await opened).toMatchObject({ ok: false });
});

it('asks the host for the system’s proxy, its helpers and its updates', async () => {
  const asked: string[] = [];
  const scripts: string[] = [];
  const startHelper = (script: string): HelperProcess => {
    scripts.push(script.replace(/^.*[/\\]/u, ''));
    const ended = Promise.withResolvers<undefined>();
    return {
      send: () => ended.resolve(undefined),
      answered: () => undefined,
      ended: (receive) => void ended.promise.then(() => receive()),
      kill: () => ended.resolve(undefined),
    };
  };
  const { core } = await openTestThread({
    startHelper,
    async systemProxy(url) {
      asked.push(url);
      return 'http://127.0.0.1:9';
    },
    updates: {
      check: async () => ok({ version: '9.0.0', notes: '', bytes: 10 }),
      async download(progressed) {
        progressed(0.5);
        return ok();
      },
      install: async () => ok(),
    },
  });
  const account = { datacenter: 'https://api.example.test', userId: '1', key: 'a-key' };
  expect(await core.call('accounts.test', account)).toMatchObject({ ok: false });
  expect(asked[0]).toContain('https://api.example.test/');
  expect(await core.call('vault.status', { tiers: ['keychain'] })).toMatchObject({ ok: true });
  expect(scripts).toContain('keychain-helper.ts');
  expect(must(await core.call('updates.check', {}))).toMatchObject({ state: 'available', offer: { version: '9.0.0' } });
  must(await core.call('updates.download', {}));
  await expect.poll(() => core.call('updates.state', {})).toMatchObject({ value: { state: 'ready' } });
});

it('tells at once when the thread breaks down, and answers who waits', async () => {
  const { core, log, lost } = await openTestThread({ entry: breaking });
  const { id } = must(await core.call('sample.add', { name: 'Sample', count: 5000 }));
  const waiting = core.call('sync.run', { accountId: id });
  const broken = core.dispatch('test.break', {});
  expect((await lost).message).toBe('The thread was told to break down.');
  for (const answered of [await waiting, await broken, await core.call('accounts.list', {})]) {
    expect(answered).toMatchObject({ ok: false, error: { code: 'internal' } });
  }
  const signal = new AbortController().signal;
  expect(await core.openPicture('thumbnail', { accountId: id, id: 1 }, signal)).toMatchObject({
    error: { code: 'unavailable', canRetry: true },
  });
  expect(log[0]).toContain('The thread was told to break down.');
  await core.close();
});

it('lets what was lost be opened again: what stands in its files is whole', async () => {
  const first = await openTestThread({ entry: breaking });
  const { id } = must(await first.core.call('sample.add', { name: 'Sample', count: 3000 }));
  void first.core.call('sync.run', { accountId: id });
  await new Promise<void>((resolve) => {
    const stop = first.core.events.listen((message) => {
      if (message.topic !== 'sync' || message.sync.present < 300) return;
      stop();
      resolve();
    });
  });
  void first.core.dispatch('test.break', {});
  await first.lost;
  const { folder } = first;
  const second = await openTestThread({ folders: { data: folder, cache: folder, logs: folder } });
  expect(must(await second.core.call('sync.run', { accountId: id }))).toMatchObject({ state: 'done', present: 3000 });
});

it('ends a thread that does not let go, and says so', async () => {
  const { core, log } = await openTestThread({ entry: breaking, closeMs: 50 });
  const stuck = core.dispatch('test.hang', {});
  await core.close();
  expect(await stuck).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(log).toEqual([expect.stringContaining('before it had let go')]);
  core.report(new Error('after the end'));
  expect(log[1]).toContain('after the end');
});
