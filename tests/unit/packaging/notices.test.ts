import { expect, test } from 'vitest';
import { packagingConfig } from '../../../build/packaging/config.mjs';
import { project } from '../../../build/packaging/identity.mjs';
import { thirdPartyNotices } from '../../../build/packaging/notices.mjs';
import { noticesPart } from '../../../build/bundles/parts.mjs';

const notices = thirdPartyNotices();
const named = new Set([...notices.matchAll(/^(\S+) \d+\.\d+\.\S+\nLicence: /gmu)].map(([, name]) => name));

test('the notices name every library that ships, and none that only builds or tests', () => {
  const bundled = [
    'svelte',
    'bits-ui',
    '@lucide/svelte',
    'intl-messageformat',
    'electron-updater',
    '@img/sharp-wasm32',
  ];
  for (const name of [...Object.keys(project.dependencies), ...bundled]) expect(named).toContain(name);
  for (const name of ['vitest', 'eslint', 'typescript', 'electron-builder', 'playwright-core', 'vite']) {
    expect(named).not.toContain(name);
  }
});

test('the notices hold the licences of libvips and of Electron', () => {
  expect(named).toContain('@img/sharp-libvips-linux-x64');
  expect(notices).toMatch(/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/u);
  expect(notices).toMatch(/GNU GENERAL PUBLIC LICENSE\s+Version 3/u);
  expect(notices).toMatch(/^electron \d+.*\n(?:.*\n)*.*LICENSES\.chromium\.html/mu);
  expect(notices).toContain('Copyright (c) Electron contributors');
});

test('the notices are part of the npm package and of every app', () => {
  expect(noticesPart.file).toMatch(/^dist\//u);
  for (const platform of ['linux', 'darwin', 'win32']) {
    const { extraFiles } = packagingConfig({ platform, output: 'out', environment: {} });
    expect(extraFiles).toEqual([expect.objectContaining({ to: 'THIRD_PARTY_NOTICES.txt' })]);
  }
});
