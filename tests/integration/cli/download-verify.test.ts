import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { filesIn, hashesOf, openLibrary } from './download-support.ts';

type Row = { readonly id: number; readonly path: string; readonly sha256: string };

test('a manifest is merged when repeated, sha256sum agrees, and verify tells what differs', async () => {
  const images = plainImages(4);
  const { cli } = await openLibrary(images);
  const to = join(cli.home, 'out');
  const order = ['--to', to, '--manifest'];
  const manifest = () => JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as Row[];
  const check = () => execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: to, stdio: 'pipe' });

  expect((await cli.run(['download', 'id:<1000003', ...order])).code).toBe(0);
  expect(manifest().map(({ id }) => id)).toEqual([1_000_001, 1_000_002]);
  check();
  expect((await cli.run(['download', 'id:>=1000002', ...order])).code).toBe(0);
  expect(manifest().map(({ id }) => id)).toEqual([1_000_001, 1_000_002, 1_000_003, 1_000_004]);
  expect(manifest().map(({ sha256 }) => sha256)).toEqual((await hashesOf(images)).reverse());
  check();
  const sums = readFileSync(join(to, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  expect(sums).toEqual(manifest().map(({ sha256, path }) => `${sha256}  ${path}`));
  expect(readFileSync(join(to, 'manifest.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(5);
  const before = filesIn(to);
  expect((await cli.run(['download', '*', ...order])).code).toBe(0);
  expect(filesIn(to)).toEqual(before);

  const whole = await cli.run(['verify', to]);
  const agreed = '4 files checked against SHA256SUMS: all as they were saved.\n';
  expect(whole).toEqual({ code: 0, out: agreed, err: '' });

  writeFileSync(join(to, 'Brand/sub-3/image-1000003.png'), 'changed');
  rmSync(join(to, 'Brand/sub-3/image-1000001.png'));
  const differences = [
    { path: 'Brand/sub-3/image-1000001.png', problem: 'missing' },
    { path: 'Brand/sub-3/image-1000003.png', problem: 'changed' },
  ];
  for (const by of ['sums', 'history']) {
    if (by === 'history') rmSync(join(to, 'SHA256SUMS'));
    const told = await cli.run(['verify', 'out']);
    expect(told.code).toBe(4);
    expect(told.out).toContain('Brand/sub-3/image-1000001.png is missing\nBrand/sub-3/image-1000003.png differs');
    expect(told.out).toMatch(/4 files checked against .*: 2 differ\.\n$/);
    expect(await cli.json(['verify', to])).toEqual({ by, checked: 4, differ: 2, differences });
  }
});

test('verify without a manifest goes by the history, and says where it knows nothing', async () => {
  const { cli } = await openLibrary(plainImages(2));
  await cli.run(['download', '*', '--to', 'out']);
  const { code, out } = await cli.run(['verify', 'out']);
  expect({ code, out }).toEqual({
    code: 0,
    out: '2 files checked against what was downloaded here: all as they were saved.\n',
  });
  for (const folder of [temporaryFolder(), join(cli.home, 'nowhere')]) {
    const unknown = await cli.run(['verify', folder, '--json']);
    expect(unknown.code).toBe(2);
    expect(JSON.parse(unknown.out)).toMatchObject({ error: { code: 'nothing-known' } });
    expect(unknown.err).toMatch(/^Nothing is known of this folder/);
  }
});

test('verify reads nothing outside the folder, whatever its SHA256SUMS says', async () => {
  const { cli } = await openLibrary(plainImages(1));
  const folder = temporaryFolder();
  const outside = join(cli.home, 'outside.png');
  writeFileSync(outside, 'x');
  writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../../../../../..${outside}\nno sum at all\n`);
  const { code, out } = await cli.run(['verify', folder, '--json']);
  expect(code).toBe(4);
  expect(JSON.parse(out)).toMatchObject({ checked: 1, differ: 1, differences: [{ problem: 'unreadable' }] });
});
