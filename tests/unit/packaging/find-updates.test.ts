import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeRelease, signText } from '../../../build/packaging/release-statement.mjs';
import { isWithoutSandbox, refuseToStart } from '../../../main/hosts/electron/security/require-sandbox.ts';
import { findUpdates, type Installation } from '../../../main/hosts/electron/updates/find-updates.ts';
import { releaseKeys } from '../../../main/hosts/electron/updates/release-keys.ts';
import { isOfRelease, readSignedRelease } from '../../../main/hosts/electron/updates/signed-release.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';
import { explainUpdate } from '../../../main/hosts/electron/updates/update-problems.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function find(changes: Partial<Installation> = {}, files: Readonly<Record<string, string>> = {}) {
  const resources = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(resources, name), text);
  return findUpdates({
    ...{ platform: 'linux', environment: {}, resources, isPackaged: true },
    instance: { release: () => undefined, take: () => undefined },
    load: () => Promise.reject(new Error('nothing is loaded before it is asked for')),
    fetchText: () => Promise.reject(new Error('nor fetched')),
    ...changes,
  });
}

const configured = {
  'app-update.yml': 'provider: generic\nurl: https://updates.example/app\nupdaterCacheDirName: x\n',
};
const deb = { ...configured, 'package-type': 'deb' };

describe('where updates come from', () => {
  test.each([
    ['from its source', { isPackaged: false }, deb, /source/u],
    ['as a Flatpak', { environment: { FLATPAK_ID: 'x' } }, deb, /Flatpak/u],
    ['portable on Windows', { platform: 'win32', environment: { PORTABLE_EXECUTABLE_FILE: 'x' } }, deb, /portable/u],
    ['built without an address', {}, { 'package-type': 'deb' }, /no address/u],
    ['unpacked by hand', {}, configured, /by hand/u],
  ] as const)('nowhere, with the reason, for an app that runs %s', (_how, changes, files, reason) => {
    expect(find(changes, files)).toEqual({ absent: expect.stringMatching(reason) });
  });

  test.each([
    ['the deb', {}, deb],
    ['the AppImage', { environment: { APPIMAGE: '/somewhere/app' } }, configured],
    ['a Mac', { platform: 'darwin' }, configured],
    ['Windows', { platform: 'win32' }, configured],
  ] as const)('the server that it was built with, for %s', (_which, changes, files) => {
    expect(find(changes, files)).toHaveProperty('check');
  });
});

describe('a signed release', () => {
  test('is what sign-release.mjs states and signs; no other key and no changed letter will do', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.deb'), 'the package');
    const owner = generateKeyPairSync('ed25519');
    const publicKey = owner.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const text = await describeRelease(folder, '2.0.0');
    const signature = signText(text, owner.privateKey);
    const release = readSignedRelease(text, signature, [...releaseKeys, publicKey]);
    expect(release).toMatchObject({ version: '2.0.0', files: [{ name: 'a.deb', size: 11 }] });
    expect(readSignedRelease(text, signature, releaseKeys)).toBeUndefined();
    expect(readSignedRelease(text.replace('2.0.0', '3.0.0'), signature, [publicKey])).toBeUndefined();
    expect(readSignedRelease(text, '', [publicKey])).toBeUndefined();
    expect(release && (await isOfRelease(join(folder, 'a.deb'), release))).toBe(true);
    writeFileSync(join(folder, 'a.deb'), 'the packagE');
    expect(release && (await isOfRelease(join(folder, 'a.deb'), release))).toBe(false);
    await expect(describeRelease(temporaryFolder(), '2.0.0')).rejects.toThrow('no deb');
  });
});

test('what went wrong is told by its cause', () => {
  const coded = (code: string, words = '') => Object.assign(new Error(words), { code });
  expect(explainUpdate(coded('ERR_CHECKSUM_MISMATCH')).code).toBe('differs');
  expect(explainUpdate(coded('ERR_UPDATER_INVALID_SIGNATURE')).code).toBe('not-permitted');
  expect(explainUpdate(coded('HTTP_ERROR_503')).code).toBe('server-error');
  expect(explainUpdate(coded('ECONNREFUSED')).code).toBe('offline');
  expect(explainUpdate(new Error('net::ERR_INTERNET_DISCONNECTED')).code).toBe('offline');
  expect(explainUpdate(new Error('dpkg exited with code 1'))).toMatchObject({
    message: expect.stringContaining('dpkg exited'),
  });
});

test('an app whose sandbox was switched off says why it does not start', async () => {
  expect(isWithoutSandbox(['app', '--no-sandbox'])).toBe(true);
  expect(isWithoutSandbox(['app', 'contact-sheet://--no-sandbox'])).toBe(false);
  const told: unknown[] = [];
  const app = { whenReady: () => Promise.resolve(), exit: (code?: number) => void told.push(code) };
  await refuseToStart(app, { showErrorBox: (title) => void told.push(title) }, createNativeTexts(['en']));
  expect(told).toEqual(['Contact Sheet needs its sandbox', 1]);
});
