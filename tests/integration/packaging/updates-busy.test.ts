import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failure } from '../../../main/domain/failure.ts';
import { fail, ok } from '../../../main/domain/result.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import type { UpdateSource } from '../../../main/ports/update-source.ts';
import { must, openTestCore } from '../../support/core.ts';

test('an update waits for a running batch, and is installed once it is paused', async () => {
  let installed = 0;
  const updates: UpdateSource = {
    check: async () => ok({ version: '9.0.0', notes: '', bytes: null }),
    download: async () => ok(),
    async install() {
      installed += 1;
      return ok();
    },
  };
  const { core, folder } = openTestCore({ updates });
  const states: string[] = [];
  core.events.listen((message) => message.topic === 'updates' && states.push(message.update.state));
  const { id } = must(await core.call('sample.add', { name: 'Sample', count: 40 }));
  must(await core.call('sync.run', { accountId: id }));
  const order = { query: '*', destination: join(folder, 'pictures'), limitRate: 2000 };
  const { batch } = must(await core.call('downloads.start', order));
  must(await core.call('updates.check', {}));
  must(await core.call('updates.download', {}));
  await expect.poll(() => core.call('updates.state', {})).toMatchObject({ value: { state: 'ready' } });
  expect(await core.call('updates.install', {})).toMatchObject({ ok: false, error: { code: 'busy' } });
  expect(installed).toBe(0);

  must(await core.call('downloads.act', { action: 'pause', batchId: batch.id }));
  expect(must(await core.call('updates.install', {}))).toMatchObject({ state: 'installing', version: '0.0.0' });
  expect(installed).toBe(1);
  core.events.flush();
  expect(states.at(-1)).toBe('installing');
});

test('when the server was asked last is remembered by the next start, beside the settings of the user', async () => {
  const clock = { ...systemClock, now: () => 1_795_000_000_000 };
  let isReached = true;
  const updates: UpdateSource = {
    check: async () => (isReached ? ok(undefined) : fail(failure('offline', 'Nobody answers.'))),
    download: async () => ok(),
    install: async () => ok(),
  };
  const first = openTestCore({ updates, clock });
  expect(must(await first.core.call('updates.state', {}))).toMatchObject({ state: 'idle', checkedAt: null });
  must(await first.core.call('settings.change', { looksForUpdates: true }));
  must(await first.core.call('updates.check', { quietly: true }));
  isReached = false;
  expect(must(await first.core.call('updates.check', { quietly: true }))).toMatchObject({ state: 'idle' });
  expect(must(await first.core.call('updates.check', {}))).toMatchObject({
    state: 'failed',
    message: 'Nobody answers.',
  });

  const folders = { data: first.folder, cache: `${first.folder}/cache`, logs: `${first.folder}/logs` };
  const { core } = openTestCore({ updates, folders });
  expect(must(await core.call('updates.state', {}))).toMatchObject({ state: 'idle', checkedAt: clock.now() });
  expect(must(await core.call('settings.get', {})).settings.looksForUpdates).toBe(true);
});
