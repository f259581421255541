import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { takeLock, usualPatience } from '../../../build/bootstrap/install-lock.mjs';
import { root } from '../../../build/bootstrap/paths.mjs';
import { capture } from '../../../build/bootstrap/processes.mjs';
import { problemsOf, unpackApp } from '../../../build/packaging/check-app.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';
import { startRig } from '../../support/rig/launch-rig.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const packaging = join(root, '.cache', 'packaging');
const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
const unpacked = join(packaging, 'unpacked');
const bundle = join(unpacked, 'dist', 'electron', 'main.js');

function environmentOf(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, CONTACT_SHEET_HOME: home };
}

/** Packs the `dir` target with the release configuration over a stand-in for Electron's runtime. */
async function packOver(platform: 'linux' | 'win32', archs: readonly string[]) {
  const script = join(root, 'build', 'package.mjs');
  const args = ['--stand-in', '--platform', platform, '--arch', archs.join(',')];
  const { code, stdout, output } = await capture(process.execPath, [script, ...args], { cwd: root });
  expect(code, output).toBe(0);
  const system = platform === 'win32' ? 'win' : 'linux';
  return {
    output: stdout,
    stage: join(packaging, `${platform}-${archs.join('-')}`, 'app'),
    folders: archs.map((one) => join(packaging, 'checked', `${system}${one === 'arm64' ? '-arm64' : ''}-unpacked`)),
  };
}

/** Takes a lock, as concurrent runs would pack into the same folder. */
async function alone(): Promise<void> {
  const lock = await takeLock(join(root, '.cache', 'package-check.lock'), {
    ...usualPatience,
    waiting: () => undefined,
  });
  onTestFinished(() => lock.release());
}

describe('npm run package:check', () => {
  testNeeding('linux', 'packs for Linux what belongs into it and no more, and that passes its self-test', async () => {
    await alone();
    const { folders, stage, output } = await packOver('linux', [arch]);
    const folder = folders[0] ?? '';
    const app = { folder, stage, program: 'contact-sheet-app', platform: 'linux', archs: [arch] };
    expect(await problemsOf(app)).toEqual([]);
    expect(output).toMatch(/^Installed size: \d+\.\d MB$/mu);

    rmSync(unpacked, { recursive: true, force: true });
    unpackApp(folder, unpacked);
    const tested = startRig({ bundle, environment: environmentOf(temporaryFolder()), args: ['--self-test'] });
    expect(await tested.ended, tested.output()).toBe(0);
    expect(tested.output()).toMatch(/^✓ library: /mu);
  });

  testNeeding('linux', 'packs for Linux an app that opens, and fills its library by one click', async () => {
    const faults: string[] = [];
    const home = temporaryFolder();
    const rig = startRig({ bundle, environment: environmentOf(home), fault: (text) => faults.push(text) });
    const page = await rig.page();
    await page.getByRole('button', { name: /sample library/iu }).click();
    await page.getByText('2,000').first().waitFor();
    expect(faults).toEqual([]);
    expect(await rig.close()).toBe(0);
  });

  testNeeding(
    'linux',
    'is followed by packages, which stop with one sentence where Electron’s runtime can’t be had',
    async () => {
      const without = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
      const env = { ...process.env, ...without };
      const script = join(root, 'build', 'package.mjs');
      const { code, output } = await capture(process.execPath, [script], { cwd: root, env });
      expect(code).toBe(1);
      expect(output.trimEnd().split('\n').at(-1)).toMatch(
        /^All is built up to Electron’s runtime .+ELECTRON_OVERRIDE_DIST_PATH\.$/u,
      );
    },
  );

  testNeeding('linux', 'packs for Windows, each processor’s app with its own parts and no more', async () => {
    await alone();
    const archs = ['x64', 'arm64'];
    const { folders, stage } = await packOver('win32', archs);
    for (const [index, folder] of folders.entries()) {
      const app = { folder, stage, program: 'contact-sheet-app.exe', platform: 'win32', archs: [archs[index] ?? ''] };
      expect(await problemsOf(app)).toEqual([]);
    }
  });
});
