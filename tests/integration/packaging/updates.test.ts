import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { createUpdateSource } from '../../../main/hosts/electron/updates/update-source.ts';
import { createUpdateService } from '../../../main/features/updates/update-service.ts';
import { must } from '../../support/core.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createAppImageUpdater } from '../../support/updates/app-image-updater.ts';
import { openUpdateServer, ownerKey, type Published } from '../../support/updates/update-server.ts';

/** Opens a running AppImage of version 1.0.0, and a server with one release. */
async function openInstallation(published?: Published) {
  const server = await openUpdateServer();
  const name = published === undefined ? undefined : server.publish(published);
  const folder = temporaryFolder();
  const appImage = join(folder, 'Contact Sheet.AppImage');
  writeFileSync(appImage, 'the old version', { mode: 0o755 });
  vi.stubEnv('APPIMAGE', appImage);
  onTestFinished(() => void vi.unstubAllEnvs());
  const quit = vi.fn();
  const states: string[] = [];
  let isBusy = false;
  let looked: number | null = 3;
  const locked: string[] = [];
  const fetchText = async (file: string) => {
    const response = await fetch(new URL(file, server.url));
    if (!response.ok) throw Object.assign(new Error('no'), { code: `HTTP_ERROR_${response.status}` });
    return response.text();
  };
  const service = createUpdateService({
    updates: createUpdateSource({
      load: async () => createAppImageUpdater(server.url, { version: '1.0.0', folder, quit }),
      signed: { keys: [ownerKey], fetchText },
      appImage,
      instance: { release: () => void locked.push('released'), take: () => void locked.push('taken') },
    }),
    lastLook: { read: async () => looked, write: async (at) => void (looked = at) },
    version: '1.0.0',
    now: () => 7,
    log: () => undefined,
    isBusy: () => isBusy,
    changed: ({ state }) => void states.push(state),
  });
  const staged = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('x86_64.AppImage'));
  const arrived = async () => {
    must(await service.download());
    await vi.waitFor(async () => expect((await service.state()).state).not.toBe('downloading'), 10_000);
    return service.state();
  };
  return {
    server,
    name,
    folder,
    appImage,
    quit,
    states,
    service,
    staged,
    arrived,
    locked,
    looked: () => looked,
    download: (busy: boolean) => (isBusy = busy),
  };
}

/** The new version, a program that leaves a file beside itself when it is started. */
const program = '#!/bin/sh\nprintf "%s" "$APPIMAGE_SILENT_INSTALL" > "$0.started"\n';
const newer: Published = { version: '1.1.0', content: program, notes: 'Faster, and kinder.' };

describe('an update of the AppImage', () => {
  testNeeding(
    'linux',
    'is shown with its notes, brought and installed only when asked, and the old version is kept',
    async () => {
      const { service, server, name, appImage, quit, staged, arrived, states, locked, looked } =
        await openInstallation(newer);
      expect(await service.state()).toMatchObject({ state: 'idle', checkedAt: 3 });
      const offered = must(await service.check());
      expect(offered).toMatchObject({ state: 'available', version: '1.0.0', checkedAt: 7 });
      expect(offered.offer).toEqual({ version: '1.1.0', notes: 'Faster, and kinder.', bytes: program.length });
      expect(looked()).toBe(7);
      expect(server.asked).not.toContain(name);
      expect(await arrived()).toMatchObject({ state: 'ready', message: null });
      expect(staged()).toHaveLength(1);
      expect(readFileSync(appImage, 'utf8')).toBe('the old version');

      must(await service.install());
      await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
      await vi.waitFor(() => expect(readFileSync(`${appImage}.started`, 'utf8')).toBe('true'));
      expect(readFileSync(appImage, 'utf8')).toBe(program);
      expect(readFileSync(`${appImage}.previous`, 'utf8')).toBe('the old version');
      // The new version starts before this one has ended: it must not count as a second instance.
      expect(locked).toEqual(['released']);
      expect([...new Set(states)]).toEqual(['checking', 'available', 'downloading', 'ready', 'installing']);
    },
  );

  for (const version of ['0.9.0', '1.0.0']) {
    testNeeding('linux', `is none where the server has ${version}`, async () => {
      const { service, staged } = await openInstallation({ ...newer, version });
      expect(must(await service.check())).toMatchObject({ state: 'current', offer: null, checkedAt: 7 });
      expect(must(await service.download())).toMatchObject({ state: 'current' });
      expect(staged()).toEqual([]);
    });
  }

  testNeeding('linux', 'that came damaged is thrown away, and can be tried again', async () => {
    const { service, server, staged, arrived } = await openInstallation({
      ...newer,
      delivered: program.replace('printf', 'qrintf'),
    });
    must(await service.check());
    expect(await arrived()).toMatchObject({ state: 'failed', message: expect.stringContaining('damaged') });
    expect(staged()).toEqual([]);
    server.publish(newer);
    expect(await arrived()).toMatchObject({ state: 'ready' });
  });

  const another = generateKeyPairSync('ed25519').privateKey;
  for (const [why, change] of [
    ['signed by somebody else', { key: another }],
    ['an older release under a new number', { stated: { version: '0.9.0' } }],
    ['other than what was signed', { stated: { content: 'something else' } }],
  ] as const) {
    testNeeding('linux', `that is ${why} is not installed`, async () => {
      const { service, appImage, quit, staged, arrived } = await openInstallation({ ...newer, ...change });
      must(await service.check());
      expect(await arrived()).toMatchObject({ state: 'failed', message: expect.stringContaining('not signed') });
      expect(staged()).toEqual([]);
      expect(must(await service.install()).state).toBe('failed');
      expect(readFileSync(appImage, 'utf8')).toBe('the old version');
      expect(quit).not.toHaveBeenCalled();
    });
  }

  testNeeding('linux', 'that was changed on the disk after it was brought is not installed', async () => {
    const { service, folder, appImage, staged, arrived } = await openInstallation(newer);
    must(await service.check());
    await arrived();
    for (const file of staged()) writeFileSync(join(folder, file), 'put there by somebody');
    expect(must(await service.install())).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('not signed'),
    });
    expect(readFileSync(appImage, 'utf8')).toBe('the old version');
    expect(existsSync(`${appImage}.previous`)).toBe(false);
  });

  testNeeding('linux', 'is not looked for in vain: a server that is gone, or has no releases, is told of', async () => {
    const empty = await openInstallation();
    expect(must(await empty.service.check())).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('as it should'),
    });
    const { service, server } = await openInstallation(newer);
    await server.close();
    expect(must(await service.check())).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('can’t be reached'),
    });
  });

  testNeeding('linux', 'that the app looks for by itself, and nobody answers, is no failure', async () => {
    const { service, server, looked } = await openInstallation(newer);
    await server.close();
    expect(must(await service.check(true))).toMatchObject({ state: 'idle', message: null });
    expect(looked()).toBe(3);
  });

  testNeeding('linux', 'waits for downloads', async () => {
    const { service, appImage, arrived, download } = await openInstallation(newer);
    must(await service.check());
    await arrived();
    download(true);
    expect(await service.install()).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect((await service.state()).state).toBe('ready');
    expect(readFileSync(appImage, 'utf8')).toBe('the old version');
  });
});
