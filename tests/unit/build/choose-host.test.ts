import { describe, expect, test } from 'vitest';
import { canOpenBrowser, chooseHost, failedToOpen } from '../../../build/start/choose-host.mjs';

/** A complete desktop; each test removes parts. */
const desktop = {
  platform: 'linux',
  environment: { DISPLAY: ':0' } as Record<string, string>,
  isRoot: false,
  wantsBrowser: false,
  electron: (): string | undefined => '/electron/electron',
  fetchElectron: () => Promise.reject(new Error('nothing was to be fetched')),
  say: (): void => undefined,
};

describe('npm start opens', () => {
  test('a window where Electron’s runtime and a display are', async () => {
    expect(await chooseHost(desktop)).toEqual({ window: '/electron/electron' });
    const wayland = { ...desktop, environment: { WAYLAND_DISPLAY: 'wayland-0' } };
    expect(await chooseHost(wayland)).toEqual({ window: '/electron/electron' });
    expect(await chooseHost({ ...desktop, platform: 'darwin', environment: {} })).toHaveProperty('window');
  });

  test('a window after fetching the runtime, which is said first', async () => {
    const said: string[] = [];
    let program: string | undefined;
    const machine = {
      ...desktop,
      electron: () => program,
      fetchElectron: async () => void (program = '/fetched/electron'),
      say: (line: string) => void said.push(line),
    };
    expect(await chooseHost(machine)).toEqual({ window: '/fetched/electron' });
    expect(said).toEqual([expect.stringContaining('Fetching Electron')]);
  });

  const none = { ...desktop, electron: () => undefined };
  test.each([
    ['who asked for it', { ...desktop, wantsBrowser: true }, 'As requested'],
    ['where there is no display', { ...desktop, environment: {} }, 'no display'],
    ['for root, whom Electron refuses', { ...desktop, isRoot: true }, 'root user'],
    ['where the runtime can’t be had', { ...none, fetchElectron: async () => undefined }, 'could not be downloaded'],
    [
      'in continuous integration, without a download',
      { ...none, environment: { DISPLAY: ':0', CI: 'true' } },
      'not on this',
    ],
  ])('the browser %s, with the reason in a sentence', async (_why, machine, reason) => {
    const host = await chooseHost(machine);
    expect(host).toEqual({ browser: expect.stringContaining(reason) });
    expect(host).toEqual({
      browser: expect.stringMatching(/^[^.]+, so the same interface .+\.$|^As requested, .+\.$/u),
    });
  });
});

test('a browser is opened for whoever has a display, and not in continuous integration', () => {
  expect(canOpenBrowser({ platform: 'linux', environment: { DISPLAY: ':0' } })).toBe(true);
  expect(canOpenBrowser({ platform: 'win32', environment: {} })).toBe(true);
  expect(canOpenBrowser({ platform: 'linux', environment: {} })).toBe(false);
  expect(canOpenBrowser({ platform: 'darwin', environment: { CI: '1' } })).toBe(false);
});

test('an Electron that could not even start is told from one that ended', () => {
  const ended = { code: 0, signal: null, missing: false };
  expect([ended, { ...ended, code: 1 }, { ...ended, signal: 'SIGINT' as const }].map(failedToOpen)).toEqual([
    false,
    false,
    false,
  ]);
  const failures = [
    { ...ended, code: 127 },
    { ...ended, missing: true },
    { ...ended, code: 1, signal: 'SIGTRAP' as const },
  ];
  expect(failures.map(failedToOpen)).toEqual([true, true, true]);
});
