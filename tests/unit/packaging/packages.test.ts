import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { releaseNotes } from '../../../build/packaging/changelog.mjs';
import { packagingConfig } from '../../../build/packaging/config.mjs';
import { appleIcon, iconSides, windowsIcon } from '../../../build/packaging/icon-containers.mjs';
import { importedPackages } from '../../../build/packaging/imported-packages.mjs';
import { lockSubset } from '../../../build/packaging/lock-subset.mjs';
import { canNotarise } from '../../../build/packaging/mac/mac-config.mjs';
import { strangers } from '../../../build/packaging/packed-files.mjs';
import { describeSizes } from '../../../build/packaging/sizes.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the packages', () => {
  const configOf = (platform: string, environment: Record<string, string> = {}) =>
    packagingConfig({ platform, output: 'out', environment });

  test('never switch the sandbox off, and bring the permission that it needs on Ubuntu', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      expect(JSON.stringify(configOf(platform))).not.toContain('no-sandbox');
    }
    expect(configOf('linux').linux?.executableArgs).toEqual([]);
    const profile = readFileSync(configOf('linux').deb?.appArmorProfile ?? '', 'utf8');
    expect(profile).toContain('userns,');
    expect(profile).toContain('"/opt/${sanitizedProductName}/${executable}"');
  });

  test('check the archive where Electron can, and run nothing else', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      expect(configOf(platform).electronFuses).toEqual({
        runAsNode: false,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: platform !== 'linux',
        onlyLoadAppFromAsar: true,
        enableCookieEncryption: false,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
        resetAdHocDarwinSignature: platform === 'darwin',
      });
    }
  });

  test('look for updates only where they were given an address', () => {
    expect(configOf('linux').publish).toBeNull();
    const environment = { CONTACT_SHEET_UPDATES_URL: 'https://updates.example' };
    expect(configOf('linux', environment).publish).toEqual([{ provider: 'generic', url: 'https://updates.example' }]);
  });

  test('of a Mac go to the notary where it can be asked', () => {
    expect(canNotarise({})).toBe(false);
    expect(canNotarise({ APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: '' })).toBe(false);
    expect(canNotarise({ APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 'u' })).toBe(true);
    const mac = configOf('darwin').mac;
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: false });
    expect(readFileSync(String(mac?.entitlements), 'utf8')).not.toMatch(/disable-library-validation|get-task-allow/u);
  });
});

test('what stands in a package and must not is named', () => {
  const app = {
    packages: new Set(['zod', '@img/sharp-win32-x64', '@napi-rs/keyring-linux-x64-gnu']),
    platform: 'linux',
    archs: ['x64'],
  };
  const lawful = [
    'package.json',
    'dist/electron/main.js',
    'dist/interface/assets/index-abc.js',
    'node_modules/zod/index.cjs',
    'node_modules/zod/LICENSE',
    'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node',
  ];
  expect(strangers(lawful, app)).toEqual([]);
  const unlawful = [
    'main/core.ts',
    'tests/unit/a.test.ts',
    'dist/electron/main.js.map',
    'node_modules/vitest/index.js',
    'node_modules/zod/src/index.ts',
    'node_modules/zod/tests/a.js',
    'node_modules/zod/README.md',
    'node_modules/@img/sharp-win32-x64/lib/sharp.node',
    'node_modules/zod/node_modules/electron/index.js',
  ];
  expect(strangers(unlawful, app).map((line) => line.split(' ')[0])).toEqual(unlawful);
});

test('a lock is cut down to what an app needs, nested versions and optional ones included', () => {
  const packages = {
    '': {},
    'node_modules/a': {
      version: '1.0.0',
      dev: true,
      dependencies: { b: '1' },
      optionalDependencies: { c: '1', missing: '1' },
    },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { d: '1' } },
    'node_modules/c': {
      version: '1.0.0',
      peerDependencies: { e: '1', f: '1' },
      peerDependenciesMeta: { f: { optional: true } },
    },
    'node_modules/d': { version: '1.0.0' },
    'node_modules/e': { version: '1.0.0' },
    'node_modules/f': { version: '1.0.0' },
  };
  const subset = lockSubset(packages, { a: '1.0.0' });
  expect(Object.keys(subset)).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/d',
    'node_modules/e',
  ]);
  expect(subset['node_modules/a']).not.toHaveProperty('dev');
});

test('the libraries of a bundle are those that it names', () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'main.js'),
    'import { z } from "zod";\nimport "node:fs";\nimport x from "./near.js";\nawait import("@a/b/c");\n',
  );
  writeFileSync(join(folder, 'preload.cjs'), 'require(`electron`);require("conf")');
  expect(importedPackages(folder)).toEqual(['@a/b', 'conf', 'zod']);
});

test('icons of every size are drawn, in the containers that systems read', async () => {
  const svg = readFileSync(join(root, 'build', 'packaging', 'icon.svg'));
  const pictures = await Promise.all(
    iconSides.map(async (side) => ({ side, png: await sharp(svg).resize(side, side).png().toBuffer() })),
  );
  const apple = appleIcon(pictures);
  expect(apple.toString('latin1', 0, 4)).toBe('icns');
  expect(apple.readUInt32BE(4)).toBe(apple.length);
  const windows = windowsIcon(pictures);
  const count = windows.readUInt16LE(4);
  expect(count).toBe(7);
  for (let index = 0; index < count; index++) {
    const [bytes, offset] = [windows.readUInt32LE(6 + 16 * index + 8), windows.readUInt32LE(6 + 16 * index + 12)];
    const { width } = await sharp(windows.subarray(offset, offset + bytes)).metadata();
    expect([width, 0]).toContain(windows[6 + 16 * index]);
  }
  expect(() => appleIcon([])).toThrow('32 pixels');
});

test('release notes are what the changelog says of the version, else of what is not released', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n- soon\n\n## [1.2.0] - 2026-01-01\n\n- this\n\n## 1.1.0\n\n- that\n';
  expect([releaseNotes(changelog, '1.2.0'), releaseNotes(changelog, '1.1.0')]).toEqual(['- this\n', '- that\n']);
  expect(releaseNotes(changelog, '9.0.0')).toBe('- soon\n');
});

test('sizes add up, the largest first', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'resources', 'node_modules', '@a', 'b'), { recursive: true });
  writeFileSync(join(folder, 'resources', 'node_modules', '@a', 'b', 'x'), Buffer.alloc(2 * 1024 * 1024));
  writeFileSync(join(folder, 'app'), Buffer.alloc(1024 * 1024));
  expect(describeSizes(folder)).toEqual([
    'Installed size: 3.0 MB',
    '     2.0 MB  resources/node_modules/@a/b',
    '     1.0 MB  app',
  ]);
});
