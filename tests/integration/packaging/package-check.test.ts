import { readFileSync } from 'node:fs';
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

/** The `dir` target by the configuration of releases, over a folder that only looks like Electron's runtime. */
async function packOver(platform: 'linux' | 'win32') {
  const lock = await takeLock(join(root, '.cache', 'package-check.lock'), { ...usualPatience, waiting: () => undefined });
  onTestFinished(() => lock.release());
  const script = join(root, 'build', 'package.mjs');
  const args = ['--stand-in', '--platform', platform, '--arch', arch];
  const { code, stdout, output } = await capture(process.execPath, [script, ...args], { cwd: root });
  expect(code, output).toBe(0);
  const stage = join(packaging, `${platform}-${arch}`, 'app');
  const suffix = arch === 'arm64' ? '-arm64' : '';
  const folder = join(packaging, 'checked', `${platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`);
  return { output: stdout, folder, stage };
}

describe('npm run package:check', () => {
  testNeeding('linux', 'packs for Linux what belongs into it and no more, and that runs', async () => {
    const { folder, stage, output } = await packOver('linux');
    const app = { folder, stage, program: 'contact-sheet-app', platform: 'linux', archs: [arch] };
    expect(await problemsOf(app)).toEqual([]);
    expect(output).toMatch(/^Installed size: \d+\.\d MB$/mu);

    const unpacked = temporaryFolder();
    unpackApp(folder, unpacked);
    const bundle = join(unpacked, 'dist', 'electron', 'main.js');
    const home = temporaryFolder();
    const environment = { PATH: process.env['PATH'], HOME: home, CONTACT_SHEET_HOME: home };
    const tested = startRig({ bundle, environment, args: ['--self-test'] });
    expect(await tested.ended, tested.output()).toBe(0);
    expect(tested.output()).toMatch(/^✓ library: /mu);

    const faults: string[] = [];
    const rig = startRig({ bundle, environment, fault: (text) => faults.push(text) });
    const page = await rig.page();
    await page.getByRole('button', { name: /sample library/iu }).click();
    await page.getByText('2,000').first().waitFor();
    expect(faults).toEqual([]);
    expect(await rig.close()).toBe(0);
  });

  testNeeding('linux', 'packs for Windows what belongs into it and no more', async () => {
    const { folder, stage } = await packOver('win32');
    const app = { folder, stage, program: 'contact-sheet-app.exe', platform: 'win32', archs: [arch] };
    expect(await problemsOf(app)).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies)).not.toContain('@img/sharp-wasm32');
  });
});
