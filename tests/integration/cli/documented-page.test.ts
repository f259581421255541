import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { addAccount, searchRows, startApi, withKey } from './support.ts';

const bySize = [
  ['Bourbon.png', 1_048_576, '1 Mb'],
  ['beer-bubbles.jpg', 345_088, '337 Kb'],
  ['0101615102.jpg', 239_616, '234 Kb'],
  ['100_112.jpg', 159_744, '156 Kb'],
  ['85075454.jpg', 153_600, '150 Kb'],
  ['100000.jpg', 140_288, '137 Kb'],
  ['ac69416c2880a380b30654575.png', 119_808, '117 Kb'],
  ['956653575452115.jpg', 100_352, '98 Kb'],
  ['574212-54545-212.png', 67_584, '66 Kb'],
  ['20000_0044.png', 18_432, '18 Kb'],
] as const;

type ManifestEntry = { readonly id: number; readonly path: string; readonly sha256: string };

test('the documented page is synced, searched by size and downloaded with a manifest', async () => {
  const api = await startApi({ library: 'documented' });
  const cli = createCli();
  await addAccount(cli, api.origin);

  const first = await cli.events(['sync'], withKey);
  expect(first.code).toBe(0);
  const counts = { event: 'done', account: 'Brand', changed: 0, gone: 0, malformed: 0, total: 10, complete: true };
  expect(first.events.at(-1)).toEqual({ ...counts, calls: 1, added: 10 });
  expect(api.calls().map(({ path, headers }) => [path, headers['api-key']])).toEqual([
    ['/a/api/v2/users/1234567/images?page=1&perPage=100', withKey.env.CONTACT_SHEET_API_KEY],
  ]);

  const second = await cli.run(['sync'], withKey);
  expect(second).toEqual({ code: 0, out: 'Brand: nothing new; 10 images, 1 call.\n', err: '' });
  expect(api.calls()).toHaveLength(2);

  const rows = await searchRows(cli, 'sort:size-desc');
  const sizes = rows.map(({ name, size }) => ({ name, size }));
  expect(sizes).toEqual(bySize.map(([name, bytes, text]) => ({ name, size: { text, bytes, exact: false } })));

  const { code } = await cli.run(['download', '', '--to', 'pictures', '--manifest']);
  expect(code).toBe(0);
  const folder = join(cli.home, 'pictures');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ManifestEntry[];
  expect(manifest).toHaveLength(10);
  const after = await searchRows(cli);
  for (const { id, path, sha256 } of manifest) {
    const bytes = readFileSync(join(folder, path));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const row = after.find((one) => one['id'] === id);
    expect(row).toMatchObject({ sha256, downloaded: join(folder, path), size: { bytes: bytes.length, exact: true } });
  }
  expect(statSync(join(folder, 'Brand/sub-3/Bourbon.png')).size).not.toBe(1_048_576);
});
