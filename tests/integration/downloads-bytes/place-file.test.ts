import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as fileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeFile, type PlacingDisk } from '../../../main/features/downloads/disk/place-file.ts';
import { reconcilePlacement } from '../../../main/features/downloads/disk/reconcile-placement.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { mountSmallDisk } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sha256 } from './fetching.ts';

const content = Buffer.from('the whole file');
const known = { bytes: content.length, sha256: sha256(content) };

type Scene = { readonly folder: string; readonly from: string; readonly to: string };

function scene(): Scene {
  const folder = temporaryFolder();
  const from = join(folder, 'a.png.part');
  writeFileSync(from, content);
  return { folder, from, to: join(folder, 'a.png') };
}

function expectPlaced({ folder, to }: Scene): void {
  expect(readdirSync(folder)).toEqual(['a.png']);
  expect(readFileSync(to).equals(content)).toBe(true);
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code, errno: -1, syscall: 'link' });
}

/** Creates a disk without hard links, which systems report with various codes. */
function linkless(code = 'EPERM'): PlacingDisk {
  return { ...fileSystem, link: () => Promise.reject(failure(code)) };
}

const disks: readonly (readonly [string, () => PlacingDisk])[] = [
  ['with links', () => ({ ...fileSystem })],
  ['without links', () => linkless()],
];

describe.each(disks)('a disk %s', (_name, disk) => {
  test('gives a file its name', async () => {
    for (const replace of [false, true]) {
      const at = scene();
      expect(await placeFile(at.from, at.to, replace, disk())).toEqual({ ok: true, value: 'placed' });
      expectPlaced(at);
    }
  });

  test('never takes the place of anything unless told to', async () => {
    for (const stand of [
      (to: string) => writeFileSync(to, ''),
      (to: string) => mkdirSync(to),
      (to: string) => symlinkSync('nowhere', to),
    ]) {
      const at = scene();
      stand(at.to);
      const before = lstatSync(at.to);
      expect(await placeFile(at.from, at.to, false, disk())).toEqual({ ok: true, value: 'taken' });
      expect(lstatSync(at.to)).toEqual(before);
      expect(readFileSync(at.from).equals(content)).toBe(true);
    }
  });

  test('replaces a file, and a link but not what it leads to, and never a folder', async () => {
    const file = scene();
    writeFileSync(file.to, 'old');
    expect(await placeFile(file.from, file.to, true, disk())).toEqual({ ok: true, value: 'placed' });
    expectPlaced(file);

    const link = scene();
    const target = join(temporaryFolder(), 'mine');
    writeFileSync(target, 'mine');
    symlinkSync(target, link.to);
    expect(await placeFile(link.from, link.to, true, disk())).toEqual({ ok: true, value: 'placed' });
    expectPlaced(link);
    expect(readFileSync(target, 'utf8')).toBe('mine');

    const folder = scene();
    mkdirSync(folder.to);
    expect(await placeFile(folder.from, folder.to, true, disk())).toEqual({ ok: true, value: 'taken' });
    expect(readdirSync(folder.folder)).toEqual(['a.png', 'a.png.part']);
  });

  test('gives one name to one of many that want it at once', async () => {
    const folder = temporaryFolder();
    const to = join(folder, 'a.png');
    const parts = Array.from({ length: 30 }, (_, n) => join(folder, `${String(n)}.part`));
    for (const part of parts) writeFileSync(part, part);
    const placed = await Promise.all(parts.map((part) => placeFile(part, to, false, disk())));
    const winners = parts.filter((_, n) => placed[n]?.ok === true && placed[n].value === 'placed');
    expect(winners).toHaveLength(1);
    expect(readFileSync(to, 'utf8')).toBe(winners[0]);
    expect(readdirSync(folder)).toHaveLength(30);
  });

  test('says what is missing', async () => {
    const at = scene();
    const missing = await placeFile(join(at.folder, 'none'), at.to, false, disk());
    expect(missing).toMatchObject({ ok: false, error: { code: 'not-writable', canRetry: true } });
    const noFolder = await placeFile(at.from, join(at.folder, 'x', 'a.png'), false, disk());
    expect(noFolder).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    expect(readdirSync(at.folder)).toEqual(['a.png.part']);
  });

  test('killed after any step, it is mended to a file that stands once, and whole', async () => {
    for (const replace of [false, true]) {
      for (const stood of replace ? [undefined, 'old'] : [undefined]) {
        for (let steps = 0; steps < 8; steps += 1) {
          const at = scene();
          if (stood !== undefined) writeFileSync(at.to, stood);
          await placeFile(at.from, at.to, replace, dyingAfter(steps, disk())).catch(() => undefined);

          const state = await reconcilePlacement(at.from, at.to, known);
          expect(['placed', 'part-ready']).toContain(state);
          if (state === 'part-ready') {
            expect(readdirSync(at.folder)).toEqual(stood === undefined ? ['a.png.part'] : ['a.png', 'a.png.part']);
            expect(await placeFile(at.from, at.to, replace, disk())).toEqual({ ok: true, value: 'placed' });
          }
          expectPlaced(at);
        }
      }
    }
  });
});

/** Creates a disk on which nothing happens after this many steps, as if the process had ended. */
function dyingAfter(steps: number, disk: PlacingDisk): PlacingDisk {
  let left = steps;
  const dying = Object.entries(disk).map(([name, act]) => [
    name,
    async (...given: never[]): Promise<unknown> => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return await (act as (...all: never[]) => Promise<unknown>)(...given);
    },
  ]);
  return Object.fromEntries(dying) as PlacingDisk;
}

test('every way to say that there are no links leads to the placeholder', async () => {
  for (const code of ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EISDIR', 'EINVAL', 'EACCES', 'UNKNOWN']) {
    const at = scene();
    expect(await placeFile(at.from, at.to, false, linkless(code))).toEqual({ ok: true, value: 'placed' });
    expectPlaced(at);
  }
});

test('a placeholder that could not be filled goes away', async () => {
  const at = scene();
  const disk = { ...linkless(), rename: () => Promise.reject(failure('EBUSY')) };
  expect(await placeFile(at.from, at.to, false, disk)).toMatchObject({ ok: false, error: { canRetry: true } });
  expect(readdirSync(at.folder)).toEqual(['a.png.part']);
});

testNeeding('linux', 'between two disks nothing is placed, and nothing is left', async () => {
  const at = scene();
  const to = join(mountSmallDisk(65_536).folder, 'a.png');
  for (const replace of [false, true]) {
    expect(await placeFile(at.from, to, replace)).toMatchObject({ ok: false, error: { concerns: 'file' } });
    expect(readdirSync(join(to, '..'))).toEqual([]);
    expect(readFileSync(at.from).equals(content)).toBe(true);
  }
});

describe('what a kill can leave', () => {
  test('a file that is placed already, or was never whole, or is gone', async () => {
    const placed = scene();
    await placeFile(placed.from, placed.to, false);
    expect(await reconcilePlacement(placed.from, placed.to, known)).toBe('placed');

    const half = scene();
    writeFileSync(half.from, content.subarray(0, 5));
    expect(await reconcilePlacement(half.from, half.to, known)).toBe('part-incomplete');
    expect(await reconcilePlacement(join(half.folder, 'none'), half.to, known)).toBe('lost');
  });

  test('a file of somebody else under that name is neither taken for it nor touched', async () => {
    const at = scene();
    writeFileSync(at.to, 'somebody else');
    expect(await reconcilePlacement(at.from, at.to, known)).toBe('part-ready');
    expect(await reconcilePlacement(join(at.folder, 'none'), at.to, known)).toBe('lost');
    expect(readFileSync(at.to, 'utf8')).toBe('somebody else');
  });

  test('a link to a wrong file is taken back', async () => {
    const at = scene();
    writeFileSync(at.from, 'not what was checked');
    linkSync(at.from, at.to);
    expect(await reconcilePlacement(at.from, at.to, known)).toBe('part-incomplete');
    expect(readdirSync(at.folder)).toEqual(['a.png.part']);
  });

  test('an empty file, which may be the file itself', async () => {
    const at = scene();
    writeFileSync(at.from, '');
    const empty = { bytes: 0, sha256: sha256(Buffer.alloc(0)) };
    expect(await placeFile(at.from, at.to, false, linkless())).toEqual({ ok: true, value: 'placed' });
    expect(await reconcilePlacement(at.from, at.to, empty)).toBe('placed');
    expect(lstatSync(at.to).size).toBe(0);
  });

  test('a link that leads nowhere stays', async () => {
    const at = scene();
    symlinkSync('nowhere', at.to);
    expect(await reconcilePlacement(at.from, at.to, known)).toBe('part-ready');
    expect(readlinkSync(at.to)).toBe('nowhere');
  });
});
