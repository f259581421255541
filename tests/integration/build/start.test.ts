import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('npm start ends with ten pictures on disk and says where; started again it finds them there', () => {
  const home = temporaryFolder();
  const start = () =>
    spawnSync(process.execPath, [join(root, 'build', 'start.mjs')], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: home, USERPROFILE: home, TZ: 'UTC' },
      encoding: 'utf8',
    });
  const first = start();
  expect([first.status, first.stderr]).toEqual([0, expect.any(String)]);
  expect(first.stdout).toContain(join(home, 'Downloads', 'Contact Sheet'));
  const saved = () => readdirSync(home, { recursive: true, withFileTypes: true });
  const pictures = () =>
    saved().filter((entry) => entry.isFile() && entry.parentPath.includes(join('Downloads', 'Contact Sheet')));
  expect(pictures()).toHaveLength(10);
  const again = start();
  expect(again.status).toBe(0);
  expect(again.stdout).toContain('10 skipped');
  expect(pictures()).toHaveLength(10);
});
